package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BitLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes bit arrays one bit at a time: what [PlainBits] reads. Bits between are random.
final class BitSink {
  private final Dice dice;
  private byte[] bytes = new byte[64];
  private long position;

  BitSink(Dice dice) {
    this.dice = dice;
    dice.fill(bytes);
  }

  long position() {
    return position;
  }

  void align(int alignmentBits) {
    skip(-position & (alignmentBits - 1L));
  }

  /// Leaves bits as they happen to be.
  void skip(long bits) {
    position += bits;
    int needed = (int) ((position + 7) >>> 3);
    if (needed > bytes.length) {
      byte[] more = new byte[needed * 2];
      dice.fill(more);
      System.arraycopy(bytes, 0, more, 0, bytes.length);
      bytes = more;
    }
  }

  void write(long value, BitLayout layout) {
    long start = position;
    skip(layout.lengthBits());
    put(bytes, start, value, layout.lengthBits(), layout.byteOrder(), layout.isReversed());
  }

  void write(int value) {
    long start = position;
    skip(8);
    bytes[(int) (start >>> 3)] = (byte) value;
  }

  /// Writes over what is at `bit` already.
  void patch(long bit, long value, BitLayout layout) {
    put(bytes, bit, value, layout.lengthBits(), layout.byteOrder(), layout.isReversed());
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, (int) ((position + 7) >>> 3));
  }

  private static void put(
      byte[] bytes, long firstBit, long value, int lengthBits, ByteOrder order, boolean reversed) {
    boolean firstIsLeast = (order == ByteOrder.LITTLE_ENDIAN) != reversed;
    for (int i = 0; i < lengthBits; i++) {
      long at = firstBit + i;
      int inByte = (int) (at & 7);
      int shift = order == ByteOrder.LITTLE_ENDIAN ? inByte : 7 - inByte;
      long bit = value >>> (firstIsLeast ? i : lengthBits - 1 - i) & 1;
      int index = (int) (at >>> 3);
      bytes[index] = (byte) (bytes[index] & ~(1 << shift) | (int) bit << shift);
    }
  }
}
