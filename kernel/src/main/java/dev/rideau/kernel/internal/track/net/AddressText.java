package dev.rideau.kernel.internal.track.net;

/// Writes network addresses as people read them: `10.0.0.1`, `fe80::1` (RFC 5952). Owned by one
/// thread; the text is overwritten by the next one.
final class AddressText {
  private static final int GROUPS = 8;
  private static final String DIGITS = "0123456789abcdef";

  private final byte[] bytes = new byte[48];
  private int length;

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Makes it empty.
  void clear() {
    length = 0;
  }

  /// One number, the first byte in its highest bits.
  void ipv4(long value) {
    length = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
      if (length > 0) {
        put('.');
      }
      decimal((int) (value >>> shift) & 0xff);
    }
  }

  /// Four bytes, each an element.
  void ipv4(long[] values, int from) {
    length = 0;
    for (int i = 0; i < 4; i++) {
      if (i > 0) {
        put('.');
      }
      decimal((int) values[from + i] & 0xff);
    }
  }

  /// Eight groups of 16 bits, each an element: the longest run of zeros becomes `::`.
  void ipv6(long[] values, int from) {
    length = 0;
    int runFrom = -1;
    int runLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = 0;
      while (i + zeros < GROUPS && (values[from + i + zeros] & 0xffff) == 0) {
        zeros++;
      }
      if (zeros > runLength) {
        runFrom = i;
        runLength = zeros;
      }
    }
    for (int i = 0; i < GROUPS; i++) {
      if (i == runFrom) {
        put(':');
        put(':');
        i += runLength - 1;
        continue;
      }
      if (i > 0 && bytes[length - 1] != ':') {
        put(':');
      }
      hexadecimal((int) values[from + i] & 0xffff);
    }
  }

  private void decimal(int value) {
    if (value >= 100) {
      put('0' + value / 100);
    }
    if (value >= 10) {
      put('0' + value / 10 % 10);
    }
    put('0' + value % 10);
  }

  private void hexadecimal(int value) {
    boolean begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = value >>> shift & 15;
      if (digit != 0 || begun || shift == 0) {
        begun = true;
        put(DIGITS.charAt(digit));
      }
    }
  }

  private void put(int letter) {
    bytes[length++] = (byte) letter;
  }
}
