package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import java.nio.ByteOrder;

/// Reads bit arrays one bit at a time: the yardstick for every faster way.
final class PlainBits {
  private PlainBits() {}

  /// The bits as an unsigned number.
  ///
  /// @param firstBit index of the first bit, bit 0 being the first of `bytes[0]`
  static long read(byte[] bytes, long firstBit, BitLayout layout) {
    return read(bytes, firstBit, layout.lengthBits(), layout.byteOrder(), layout.isReversed());
  }

  static long read(
      byte[] bytes, long firstBit, int lengthBits, ByteOrder byteOrder, boolean reversed) {
    boolean firstIsLeast = (byteOrder == ByteOrder.LITTLE_ENDIAN) != reversed;
    long value = 0;
    for (int i = 0; i < lengthBits; i++) {
      long at = firstBit + i;
      int inByte = (int) (at & 7);
      int shift = byteOrder == ByteOrder.LITTLE_ENDIAN ? inByte : 7 - inByte;
      long bit = ((long) bytes[(int) (at >>> 3)] >>> shift) & 1;
      value |= bit << (firstIsLeast ? i : lengthBits - 1 - i);
    }
    return value;
  }

  /// Spreads the highest bit of a number of `lengthBits` over the bits above it.
  static long signExtended(long value, int lengthBits) {
    int unused = 64 - lengthBits;
    return value << unused >> unused;
  }
}
