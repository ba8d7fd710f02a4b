package dev.rideau.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class GeneralFloatTest {

  @Example
  void writesWhatPrintfWrites() {
    String[] cases = {
      "0 0",
      "-0 -0",
      "1 1",
      "-1.5 -1.5",
      "100000 100000",
      "999999 999999",
      "1000000 1e+06",
      "999999.5 1e+06",
      "123456.5 123456",
      "123457.5 123458",
      "0.0001 0.0001",
      "0.00001 1e-05",
      "0.000123456789 0.000123457",
      "3.14159265358979 3.14159",
      "1e100 1e+100",
      "1e-300 1e-300",
      "1.7976931348623157e308 1.79769e+308",
      "4.9e-324 4.94066e-324",
      "0.1 0.1",
      "2.5 2.5",
      "1234567890 1.23457e+09",
      "0.5 0.5",
      "9.9999949 9.99999",
      "9.9999951 10",
      "1024.25 1024.25",
      "Infinity inf",
      "-Infinity -inf",
      "NaN nan"
    };
    for (String line : cases) {
      String[] parts = line.split(" ");
      assertThat(text(Double.parseDouble(parts[0]))).as(parts[0]).isEqualTo(parts[1]);
    }
  }

  @Property(tries = 5000)
  void roundsCorrectly(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertThat(text(value)).isEqualTo(exact(value));
    }
  }

  @Property(tries = 5000)
  void roundsCorrectlyNextToTheMiddle(
      @ForAll @IntRange(min = 100_000, max = 999_999) int digits,
      @ForAll @IntRange(min = -30, max = 30) int exponent,
      @ForAll @IntRange(min = -2, max = 2) int steps) {
    double value = new BigDecimal(digits + ".5").scaleByPowerOfTen(exponent).doubleValue();
    value += steps * Math.ulp(value);
    assertThat(text(value)).isEqualTo(exact(value));
  }

  private static String text(double value) {
    TextBuffer out = new TextBuffer(0);
    GeneralFloat.put(out, value);
    return out.toString();
  }

  /// The definition of `%g`, word by word.
  private static String exact(double value) {
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0";
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value)).round(new MathContext(6, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    BigDecimal stripped = rounded.stripTrailingZeros();
    if (exponent >= -4 && exponent < 6) {
      return sign + stripped.toPlainString();
    }
    String digits = stripped.unscaledValue().toString();
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
