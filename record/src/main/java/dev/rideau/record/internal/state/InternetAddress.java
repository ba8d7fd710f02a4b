package dev.rideau.record.internal.state;

/// Writes addresses of version 6 of the internet protocol as people do (RFC 5952): `fe80::1`.
final class InternetAddress {
  private static final int GROUPS = 8;

  private InternetAddress() {}

  /// @param digits 32 of base 16
  static String version6(String digits) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (int) ProcFile.number(digits.substring(i * 4, i * 4 + 4), 16);
    }
    return version6(groups);
  }

  /// The longest run of zeros becomes `::`; an address of version 4 inside is written as such.
  static String version6(int[] groups) {
    boolean holdsVersion4 = groups[5] == 0xFFFF;
    for (int i = 0; i < 5; i++) {
      holdsVersion4 &= groups[i] == 0;
    }
    if (holdsVersion4) {
      return "::ffff:%d.%d.%d.%d"
          .formatted(groups[6] >>> 8, groups[6] & 0xFF, groups[7] >>> 8, groups[7] & 0xFF);
    }
    int runFrom = -1;
    int runLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = 0;
      while (i + zeros < GROUPS && groups[i + zeros] == 0) {
        zeros++;
      }
      if (zeros > runLength) {
        runFrom = i;
        runLength = zeros;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == runFrom) {
        text.append("::");
        i += runLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
