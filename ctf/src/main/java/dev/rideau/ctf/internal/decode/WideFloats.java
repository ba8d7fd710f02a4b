package dev.rideau.ctf.internal.decode;

/// IEEE 754 numbers of 128 bits, which Java lacks.
public final class WideFloats {
  private WideFloats() {}

  /// The nearest `double`, ties to even.
  ///
  /// ```
  /// high  [s eeeeeee eeeeeeee mmmm...] 1 + 15 + 48 bits
  /// low   [mmmm...]                    64 bits
  /// ```
  ///
  /// @param high the half with the sign
  public static double toDouble(long high, long low) {
    long sign = high & Long.MIN_VALUE;
    int exponent = (int) (high >>> 48) & 0x7fff;
    long mantissaHigh = high & 0xffff_ffff_ffffL;
    if (exponent == 0x7fff) {
      boolean nan = (mantissaHigh | low) != 0;
      return Double.longBitsToDouble(
          sign | (nan ? 0x7ff8_0000_0000_0000L : 0x7ff0_0000_0000_0000L));
    }
    // 62 bits hold the leading bit, the mantissa's first 60 bits and one that gathers the rest.
    long leading = exponent == 0 ? 0 : 1L << 61;
    long significand =
        leading | (mantissaHigh << 13) | (low >>> 51) | ((low & ((1L << 51) - 1)) != 0 ? 1 : 0);
    int scale = Math.max(exponent, 1) - 16383 - 61;
    double magnitude;
    if (scale + 61 >= Double.MIN_EXPONENT) {
      magnitude = Math.scalb((double) significand, scale);
    } else {
      magnitude = roundedShift(significand, Double.MIN_EXPONENT - 52 - scale) * Double.MIN_VALUE;
    }
    return sign == 0 ? magnitude : -magnitude;
  }

  /// `value` without its last `drop` bits, rounded to nearest, ties to even.
  private static long roundedShift(long value, int drop) {
    if (drop > 62) {
      return 0;
    }
    long kept = value >>> drop;
    long rest = value & ((1L << drop) - 1);
    long half = 1L << (drop - 1);
    return rest > half || (rest == half && (kept & 1) != 0) ? kept + 1 : kept;
  }
}
