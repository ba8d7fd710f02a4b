package dev.rideau.ctf.internal.write;

/// IEEE 754 numbers of 128 bits made from `double`s, which they hold exactly.
///
/// ```
/// double  [s eeeeeeeeeee mmmm...]      1 + 11 + 52 bits
/// high    [s eeeeeee eeeeeeee mmmm...] 1 + 15 + 48 bits
/// low     [mmmm 0000...]               4 + 60 bits
/// ```
final class WideFloat {
  private static final int BIAS_DIFFERENCE = 16383 - 1023;

  private WideFloat() {}

  /// The half with the sign.
  static long high(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long sign = bits & Long.MIN_VALUE;
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & 0xf_ffff_ffff_ffffL;
    if (exponent == 0x7ff) {
      return sign | 0x7fffL << 48 | mantissa >>> 4;
    }
    if (exponent == 0) {
      if (mantissa == 0) {
        return sign;
      }
      int shift = leadingShift(mantissa);
      return sign
          | (long) (BIAS_DIFFERENCE + 1 - shift) << 48
          | (mantissa << shift & 0xf_ffff_ffff_ffffL) >>> 4;
    }
    return sign | (long) (exponent + BIAS_DIFFERENCE) << 48 | mantissa >>> 4;
  }

  /// The half without the sign.
  static long low(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissa = bits & 0xf_ffff_ffff_ffffL;
    if ((bits >>> 52 & 0x7ff) == 0 && mantissa != 0) {
      mantissa <<= leadingShift(mantissa);
    }
    return mantissa << 60;
  }

  // How far the first one of a subnormal mantissa must move to become the hidden bit.
  private static int leadingShift(long mantissa) {
    return Long.numberOfLeadingZeros(mantissa) - 11;
  }
}
