package dev.rideau.ctf.internal.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads numbers from an array of bytes in few instructions. The array must have [#SLACK_BYTES]
/// bytes behind the last one that means something, because whole words are read.
final class FastBits {
  /// Bytes that an array needs behind its end.
  static final int SLACK_BYTES = 16;

  static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG_BE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private FastBits() {}

  static long longLe(byte[] bytes, int at) {
    return (long) LONG_LE.get(bytes, at);
  }

  /// `lengthBits` bits from bit `bit` on, little endian, unsigned.
  static long littleEndian(byte[] bytes, long bit, int lengthBits) {
    int at = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long word = (long) LONG_LE.get(bytes, at) >>> shift;
    if (shift + lengthBits > 64) {
      word |= (long) bytes[at + 8] << (64 - shift);
    }
    return word & (-1L >>> (64 - lengthBits));
  }

  /// `lengthBits` bits from bit `bit` on, big endian, unsigned.
  static long bigEndian(byte[] bytes, long bit, int lengthBits) {
    int at = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    long word = (long) LONG_BE.get(bytes, at) << shift;
    if (shift + lengthBits > 64) {
      word |= (bytes[at + 8] & 0xff) >>> (8 - shift);
    }
    return word >>> (64 - lengthBits);
  }

  /// Marks zero bytes: the lowest bit that is set is the highest bit of the first zero byte.
  static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /// Index of the first zero byte in `[from, to)`, or -1. Looks at eight bytes at a time.
  static int indexOfZero(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += 8) {
      long word = (long) LONG_LE.get(bytes, at);
      long zeros = zeros(word);
      if (zeros != 0) {
        int found = at + (Long.numberOfTrailingZeros(zeros) >>> 3);
        return found < to ? found : -1;
      }
    }
    return -1;
  }

  /// Index of the first code unit of `unitBytes` zero bytes in `[from, to)`, looked for at
  /// multiples of the unit from `from` on, or -1.
  static int indexOfZeroUnit(byte[] bytes, int from, int to, int unitBytes) {
    if (unitBytes == 1) {
      return indexOfZero(bytes, from, to);
    }
    for (int at = from; at + unitBytes <= to; at += unitBytes) {
      int sum = bytes[at] | bytes[at + 1];
      if (unitBytes == 4) {
        sum |= bytes[at + 2] | bytes[at + 3];
      }
      if (sum == 0) {
        return at;
      }
    }
    return -1;
  }
}
