package dev.rideau.cli.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Numbers as C's `%g` writes them: six significant digits, correctly rounded, trailing zeros
/// dropped, an exponent when it is below -4 or above 5.
final class GeneralFloat {
  private static final int SIGNIFICANT = 6;
  private static final int LARGEST_EXACT_POWER = 22;
  private static final double[] POWERS = new double[LARGEST_EXACT_POWER + 1];
  private static final MathContext ROUNDING = new MathContext(SIGNIFICANT, RoundingMode.HALF_EVEN);
  private static final byte[] INFINITY = "inf".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOT_A_NUMBER = "nan".getBytes(StandardCharsets.US_ASCII);

  static {
    double power = 1;
    for (int i = 0; i <= LARGEST_EXACT_POWER; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private GeneralFloat() {}

  static void put(TextBuffer out, double value) {
    if (Double.doubleToRawLongBits(value) < 0) {
      out.put('-');
    }
    double magnitude = Math.abs(value);
    if (Double.isNaN(magnitude)) {
      out.put(NOT_A_NUMBER, 0, NOT_A_NUMBER.length);
    } else if (magnitude == Double.POSITIVE_INFINITY) {
      out.put(INFINITY, 0, INFINITY.length);
    } else if (magnitude == Math.rint(magnitude) && magnitude < 1e6) {
      out.putUnsigned((long) magnitude);
    } else {
      putFinite(out, magnitude);
    }
  }

  private static void putFinite(TextBuffer out, double magnitude) {
    int exponent = (int) Math.floor(Math.log10(magnitude));
    int shift = SIGNIFICANT - 1 - exponent;
    if (Math.abs(shift) <= LARGEST_EXACT_POWER) {
      double scaled = shift >= 0 ? magnitude * POWERS[shift] : magnitude / POWERS[-shift];
      // The logarithm may be one off next to a power of ten.
      if (scaled >= 1e5 && scaled < 1e6) {
        double whole = Math.floor(scaled);
        double fraction = scaled - whole;
        // One rounding happened, so the error is far below the margin: away from the middle the
        // rounded digits are those of the exact value.
        if (Math.abs(fraction - 0.5) > 1e-6) {
          int digits = (int) whole + (fraction > 0.5 ? 1 : 0);
          if (digits == 1_000_000) {
            putDigits(out, 100_000, exponent + 1);
          } else {
            putDigits(out, digits, exponent);
          }
          return;
        }
      }
    }
    BigDecimal rounded = new BigDecimal(magnitude).round(ROUNDING);
    int missing = SIGNIFICANT - rounded.precision();
    int digits = rounded.unscaledValue().intValueExact();
    for (int i = 0; i < missing; i++) {
      digits *= 10;
    }
    putDigits(out, digits, rounded.precision() - rounded.scale() - 1);
  }

  /// Writes `digits` (six of them) times ten to the `exponent` minus 5.
  private static void putDigits(TextBuffer out, int digits, int exponent) {
    int significant = digits;
    int count = SIGNIFICANT;
    while (count > 1 && significant % 10 == 0) {
      significant /= 10;
      count--;
    }
    if (exponent < -4 || exponent >= SIGNIFICANT) {
      putWithPoint(out, significant, count, 1);
      out.put('e');
      out.put(exponent < 0 ? '-' : '+');
      int size = Math.abs(exponent);
      if (size < 10) {
        out.put('0');
      }
      out.putUnsigned(size);
    } else if (exponent < 0) {
      out.put('0');
      out.put('.');
      for (int i = -1; i > exponent; i--) {
        out.put('0');
      }
      out.putUnsigned(significant);
    } else if (exponent + 1 >= count) {
      out.putUnsigned(significant);
      for (int i = count; i < exponent + 1; i++) {
        out.put('0');
      }
    } else {
      putWithPoint(out, significant, count, exponent + 1);
    }
  }

  private static void putWithPoint(TextBuffer out, int digits, int count, int before) {
    int fractionDigits = count - before;
    int divisor = (int) POWERS[fractionDigits];
    out.putUnsigned(digits / divisor);
    if (fractionDigits > 0) {
      out.put('.');
      int fraction = digits % divisor;
      for (int power = divisor / 10; power > 1 && fraction < power; power /= 10) {
        out.put('0');
      }
      out.putUnsigned(fraction);
    }
  }
}
