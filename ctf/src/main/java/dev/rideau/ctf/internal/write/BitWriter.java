package dev.rideau.ctf.internal.write;

import dev.rideau.trace.BitLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Puts bit arrays of any length, alignment and order into a growing array of bytes.
///
/// ```
/// packet      |..... flushed .....|......... bytes .........|
/// position    0                   flushedBytes * 8 + bit
/// ```
///
/// Bits behind the position are zero in the byte that is begun, undefined after it. Padding is
/// zero. Owned by one thread.
public final class BitWriter {
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Room behind the last byte, so that a bit array may be written as whole words.
  private static final int SLACK_BYTES = 24;

  private byte[] bytes;
  private long flushedBytes;

  /// Next bit, from the start of `bytes`.
  private long bit;

  private long markedBit;
  private byte markedByte;

  /// A writer whose array starts with room for `capacityBytes`.
  public BitWriter(int capacityBytes) {
    bytes = new byte[capacityBytes + SLACK_BYTES];
  }

  /// The array that holds what was not flushed; replaced when it grows.
  public byte[] bytes() {
    return bytes;
  }

  /// Next bit from the start of the packet.
  public long position() {
    return (flushedBytes << 3) + bit;
  }

  /// Next bit from the start of [#bytes()].
  public long bufferedBits() {
    return bit;
  }

  /// Bytes of the packet that are not in [#bytes()] any more.
  public long flushedBytes() {
    return flushedBytes;
  }

  /// Starts a packet.
  public void restart() {
    flushedBytes = 0;
    bit = 0;
  }

  /// Remembers the position for [#reset()].
  public void mark() {
    markedBit = bit;
    markedByte = (bit & 7) == 0 ? 0 : bytes[(int) (bit >>> 3)];
  }

  /// Goes back to the position of [#mark()], which must not be flushed since.
  public void reset() {
    bit = markedBit;
    if ((bit & 7) != 0) {
      bytes[(int) (bit >>> 3)] = markedByte;
    }
  }

  /// Drops the first `count` bytes, which the caller has saved.
  public void drop(int count) {
    int used = (int) ((bit + 7) >>> 3);
    System.arraycopy(bytes, count, bytes, 0, used - count);
    flushedBytes += count;
    bit -= (long) count << 3;
  }

  /// Pads with zero bits up to a multiple of `alignmentBits` from the start of the packet.
  public void align(int alignmentBits) {
    long padding = -position() & (alignmentBits - 1L);
    if (padding != 0) {
      zero(padding);
    }
  }

  /// Puts `count` zero bits.
  public void zero(long count) {
    long end = bit + count;
    ensure(count);
    // A byte that is begun has zeros behind the position already; only whole new ones are dirty.
    int first = (int) ((bit + 7) >>> 3);
    int last = (int) ((end + 7) >>> 3);
    Arrays.fill(bytes, first, last, (byte) 0);
    bit = end;
  }

  /// Puts the last bits of `value` as the layout says, after aligning.
  public void put(BitLayout layout, long value) {
    align(layout.alignmentBits());
    int lengthBits = layout.lengthBits();
    long bits = layout.isReversed() ? Long.reverse(value) >>> (64 - lengthBits) : value;
    if (layout.byteOrder() == ByteOrder.LITTLE_ENDIAN) {
      putLittle(bits, lengthBits);
    } else {
      putBig(bits, lengthBits);
    }
  }

  /// Puts the last `lengthBits` bits of `value` at the position, least significant first.
  public void putLittle(long value, int lengthBits) {
    ensure(lengthBits);
    int at = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long bits = lengthBits == 64 ? value : value & ((1L << lengthBits) - 1);
    byte[] array = bytes;
    if (shift == 0) {
      LITTLE_LONG.set(array, at, bits);
    } else {
      long begun = array[at] & ((1L << shift) - 1);
      LITTLE_LONG.set(array, at, begun | (bits << shift));
      if (shift + lengthBits > 64) {
        array[at + 8] = (byte) (bits >>> (64 - shift));
      }
    }
    bit += lengthBits;
  }

  /// Puts the last `lengthBits` bits of `value` at the position, most significant first.
  public void putBig(long value, int lengthBits) {
    ensure(lengthBits);
    int at = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long left = value << (64 - lengthBits);
    byte[] array = bytes;
    if (shift == 0) {
      BIG_LONG.set(array, at, left);
    } else {
      long begun = ((long) array[at] << 56) & ~(-1L >>> shift);
      BIG_LONG.set(array, at, begun | (left >>> shift));
      if (shift + lengthBits > 64) {
        array[at + 8] = (byte) ((left << (64 - shift)) >>> 56);
      }
    }
    bit += lengthBits;
  }

  /// Puts 32 bits at a position that is a multiple of 8, little endian.
  public void putAlignedInt(int value) {
    ensure(32);
    LITTLE_INT.set(bytes, (int) (bit >>> 3), value);
    bit += 32;
  }

  /// Puts 64 bits at a position that is a multiple of 8, little endian.
  public void putAlignedLong(long value) {
    ensure(64);
    LITTLE_LONG.set(bytes, (int) (bit >>> 3), value);
    bit += 64;
  }

  /// Puts a byte at a position that is a multiple of 8.
  public void putByte(int value) {
    ensure(8);
    bytes[(int) (bit >>> 3)] = (byte) value;
    bit += 8;
  }

  /// Puts bytes at a position that is a multiple of 8.
  public void putBytes(byte[] source, int offset, int length) {
    ensure((long) length << 3);
    System.arraycopy(source, offset, bytes, (int) (bit >>> 3), length);
    bit += (long) length << 3;
  }

  /// Overwrites a bit array that was put before, in any array of bytes.
  ///
  /// @param firstBit its first bit in `array`, behind the padding of its alignment
  static void patch(byte[] array, long firstBit, BitLayout layout, long value) {
    int lengthBits = layout.lengthBits();
    boolean little = layout.byteOrder() == ByteOrder.LITTLE_ENDIAN;
    boolean firstIsLeast = little != layout.isReversed();
    for (int i = 0; i < lengthBits; i++) {
      long at = firstBit + i;
      int shift = little ? (int) (at & 7) : 7 - (int) (at & 7);
      long one = value >>> (firstIsLeast ? i : lengthBits - 1 - i) & 1;
      int index = (int) (at >>> 3);
      array[index] = (byte) ((array[index] & ~(1 << shift)) | (one << shift));
    }
  }

  private void ensure(long moreBits) {
    long needed = ((bit + moreBits) >>> 3) + SLACK_BYTES;
    if (needed > bytes.length) {
      if (needed > Integer.MAX_VALUE - 64) {
        throw new IllegalStateException("an event record does not fit into 2 GiB");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 64, needed * 3 / 2));
    }
  }
}
