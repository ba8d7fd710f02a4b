package dev.rideau.cli.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Decimal digits, three at a time from a table small enough to stay in the nearest cache.
final class Digits {
  private static final int GROUP = 1000;
  private static final int MILLION = 1_000_000;
  private static final int BILLION = 1_000_000_000;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /// The three digits of each number below 1000, first digit in the lowest byte.
  private static final int[] FULL = new int[GROUP];

  /// The same without leading zeros, how many there are in the highest byte.
  private static final int[] LEADING = new int[GROUP];

  static {
    for (int i = 0; i < GROUP; i++) {
      int full = '0' + i / 100 | ('0' + i / 10 % 10) << 8 | ('0' + i % 10) << 16;
      int zeros = i < 10 ? 2 : i < 100 ? 1 : 0;
      FULL[i] = full;
      LEADING[i] = full >>> 8 * zeros | (3 - zeros) << 24;
    }
  }

  private Digits() {}

  /// Writes an unsigned number without leading zeros; needs 24 bytes of room.
  ///
  /// @return the position behind it
  static int putUnsigned(byte[] bytes, int at, long value) {
    if (value >= 0 && value < BILLION) {
      return putBelowBillion(bytes, at, (int) value);
    }
    // The division of positive numbers by a constant is a multiplication.
    long high = value >= 0 ? value / BILLION : Long.divideUnsigned(value, BILLION);
    int low = (int) (value - high * BILLION);
    int next;
    if (high < BILLION) {
      next = putBelowBillion(bytes, at, (int) high);
    } else {
      long top = high / BILLION;
      next = putBelowBillion(bytes, at, (int) top);
      next = putNine(bytes, next, (int) (high - top * BILLION));
    }
    return putNine(bytes, next, low);
  }

  private static int putBelowBillion(byte[] bytes, int at, int value) {
    if (value < GROUP) {
      return putLeading(bytes, at, value);
    }
    int thousands = value / GROUP;
    int next;
    if (value < MILLION) {
      next = putLeading(bytes, at, thousands);
    } else {
      int millions = thousands / GROUP;
      next = putLeading(bytes, at, millions);
      next = putThree(bytes, next, thousands - millions * GROUP);
    }
    return putThree(bytes, next, value - thousands * GROUP);
  }

  /// Writes `0x` and hexadecimal digits in upper case, without leading zeros; needs 18 bytes.
  ///
  /// @return the position behind it
  static int putHex(byte[] bytes, int at, long value) {
    bytes[at] = '0';
    bytes[at + 1] = 'x';
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(value)) >> 2);
    long rest = value;
    for (int i = at + 1 + digits; i > at + 1; i--) {
      int digit = (int) rest & 15;
      // '7' lies ten before 'A'.
      bytes[i] = (byte) (digit + '0' + ((9 - digit) >>> 31) * ('7' - '0'));
      rest >>>= 4;
    }
    return at + 2 + digits;
  }

  private static int putLeading(byte[] bytes, int at, int value) {
    int digits = LEADING[value];
    INT.set(bytes, at, digits);
    return at + (digits >>> 24);
  }

  /// Writes three digits, and something into the byte behind them.
  static int putThree(byte[] bytes, int at, int value) {
    INT.set(bytes, at, FULL[value]);
    return at + 3;
  }

  /// Writes all nine digits of a number below 10^9, and something into the byte behind them.
  static int putNine(byte[] bytes, int at, int value) {
    int thousands = value / GROUP;
    int millions = thousands / GROUP;
    INT.set(bytes, at, FULL[millions]);
    INT.set(bytes, at + 3, FULL[thousands - millions * GROUP]);
    INT.set(bytes, at + 6, FULL[value - thousands * GROUP]);
    return at + 9;
  }
}
