package dev.rideau.trace;

import java.nio.charset.StandardCharsets;

/// Writes addresses of the internet protocol as people read them: `10.0.0.1`, `fe80::1` (RFC 5952).
public final class InternetAddress {
  /// Room that any address needs.
  public static final int MOST_BYTES = 39;

  /// Groups of 16 bits in an address of version 6.
  public static final int GROUPS = 8;

  /// Groups in front of an address of version 4 that one of version 6 holds.
  private static final int GROUPS_BEFORE_VERSION_4 = 6;

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private InternetAddress() {}

  /// Writes an address of version 4.
  ///
  /// @param address its first byte in the highest bits
  /// @param at where in the array it begins
  /// @return where it ends
  public static int version4(int address, byte[] into, int at) {
    int end = at;
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (shift < 24) {
        into[end++] = '.';
      }
      int value = address >>> shift & 0xff;
      if (value >= 100) {
        into[end++] = DIGITS[value / 100];
      }
      if (value >= 10) {
        into[end++] = DIGITS[value / 10 % 10];
      }
      into[end++] = DIGITS[value % 10];
    }
    return end;
  }

  /// Writes an address of version 6: the longest run of zeros becomes `::`; an address of version 4
  /// inside is written as such.
  ///
  /// @param groups [#GROUPS] numbers of 16 bits
  /// @param at where in the array it begins
  /// @return where it ends
  public static int version6(int[] groups, byte[] into, int at) {
    boolean holdsVersion4 = groups[5] == 0xffff;
    for (int i = 0; i < 5; i++) {
      holdsVersion4 &= groups[i] == 0;
    }
    int count = holdsVersion4 ? GROUPS_BEFORE_VERSION_4 : GROUPS;
    int runFrom = -1;
    int runLength = 1;
    for (int i = 0; i < count; i++) {
      int zeros = 0;
      while (i + zeros < count && groups[i + zeros] == 0) {
        zeros++;
      }
      if (zeros > runLength) {
        runFrom = i;
        runLength = zeros;
      }
    }
    int end = at;
    for (int i = 0; i < count; i++) {
      if (i == runFrom) {
        into[end++] = ':';
        into[end++] = ':';
        i += runLength - 1;
        continue;
      }
      if (end > at && into[end - 1] != ':') {
        into[end++] = ':';
      }
      end = group(groups[i], into, end);
    }
    if (holdsVersion4) {
      into[end++] = ':';
      end = version4(groups[6] << 16 | groups[7], into, end);
    }
    return end;
  }

  /// An address of version 6 as a text.
  ///
  /// @param groups [#GROUPS] numbers of 16 bits
  public static String version6(int[] groups) {
    byte[] bytes = new byte[MOST_BYTES];
    return new String(bytes, 0, version6(groups, bytes, 0), StandardCharsets.US_ASCII);
  }

  private static int group(int value, byte[] into, int at) {
    int end = at;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = value >>> shift & 15;
      if (digit != 0 || end > at || shift == 0) {
        into[end++] = DIGITS[digit];
      }
    }
    return end;
  }
}
