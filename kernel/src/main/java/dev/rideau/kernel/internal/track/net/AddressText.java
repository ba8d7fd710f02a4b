package dev.rideau.kernel.internal.track.net;

import dev.rideau.trace.InternetAddress;

/// The text of a network address. Owned by one thread; overwritten by the next one.
final class AddressText {
  private final byte[] bytes = new byte[InternetAddress.MOST_BYTES];
  private final int[] groups = new int[InternetAddress.GROUPS];
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
    length = InternetAddress.version4((int) value, bytes, 0);
  }

  /// Four bytes, each an element.
  void ipv4(long[] values, int from) {
    long address = 0;
    for (int i = 0; i < 4; i++) {
      address = address << 8 | values[from + i] & 0xff;
    }
    ipv4(address);
  }

  /// Eight groups of 16 bits, each an element.
  void ipv6(long[] values, int from) {
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (int) values[from + i] & 0xffff;
    }
    length = InternetAddress.version6(groups, bytes, 0);
  }
}
