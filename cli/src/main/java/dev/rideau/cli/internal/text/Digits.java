package dev.rideau.cli.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decimal digits, eight at a time, as the bytes of a `long`.
final class Digits {
  static final long ASCII_ZEROS = 0x3030303030303030L;
  static final int HUNDRED_MILLION = 100_000_000;

  private static final long TEN_TO_16 = 10_000_000_000_000_000L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Digits() {}

  /// The eight digits of `value` (below 10^8), the first one in the lowest byte, each 0 to 9.
  ///
  /// ```
  /// 12345678  ->  halves 1234|5678 (32 bits each)  ->  pairs 12|34|56|78 (16 bits each)
  ///           ->  digits 1|2|3|4|5|6|7|8 (8 bits each)
  /// ```
  static long eight(int value) {
    long high = value / 10_000;
    long halves = high | ((value - high * 10_000) << 32);
    // 10486 / 2^20 is 1/100 for every number below 10^4.
    long hundreds = ((halves * 10_486) >>> 20) & 0x0000007F_0000007FL;
    long pairs = hundreds | ((halves - hundreds * 100) << 16);
    // 103 / 2^10 is 1/10 for every number below 100.
    long tens = ((pairs * 103) >>> 10) & 0x000F000F_000F000FL;
    return tens | ((pairs - tens * 10) << 8);
  }

  /// Writes an unsigned number; needs 24 bytes of room.
  ///
  /// @return the position behind it
  static int putUnsigned(byte[] bytes, int at, long value) {
    if (value >= 0 && value < HUNDRED_MILLION) {
      return putSmall(bytes, at, (int) value);
    }
    if (value >= 0 && value < TEN_TO_16) {
      long high = value / HUNDRED_MILLION;
      int next = putSmall(bytes, at, (int) high);
      return putEight(bytes, next, (int) (value - high * HUNDRED_MILLION));
    }
    long top = Long.divideUnsigned(value, TEN_TO_16);
    long rest = value - top * TEN_TO_16;
    long high = rest / HUNDRED_MILLION;
    int next = putSmall(bytes, at, (int) top);
    next = putEight(bytes, next, (int) high);
    return putEight(bytes, next, (int) (rest - high * HUNDRED_MILLION));
  }

  /// Writes a number below 10^8 without leading zeros; needs 8 bytes of room.
  static int putSmall(byte[] bytes, int at, int value) {
    if (value < 10) {
      bytes[at] = (byte) ('0' + value);
      return at + 1;
    }
    long digits = eight(value);
    int zeroBits = Long.numberOfTrailingZeros(digits) & -8;
    LONG.set(bytes, at, (digits | ASCII_ZEROS) >>> zeroBits);
    return at + 8 - (zeroBits >> 3);
  }

  /// Writes all eight digits of a number below 10^8.
  static int putEight(byte[] bytes, int at, int value) {
    LONG.set(bytes, at, eight(value) | ASCII_ZEROS);
    return at + 8;
  }

  /// Writes all nine digits of a number below 10^9.
  static int putNine(byte[] bytes, int at, int value) {
    int first = value / HUNDRED_MILLION;
    bytes[at] = (byte) ('0' + first);
    return putEight(bytes, at + 1, value - first * HUNDRED_MILLION);
  }
}
