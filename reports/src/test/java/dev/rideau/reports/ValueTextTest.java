package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers as people read them.
final class ValueTextTest {
  private static final ValueText TEXT = new ValueText(ns -> "at " + ns);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          NANOSECONDS;0;0 ns
          NANOSECONDS;999;999 ns
          NANOSECONDS;1000;1.000 µs
          NANOSECONDS;12345678;12.35 ms
          NANOSECONDS;999999;1.000 ms
          NANOSECONDS;123456789012;123.5 s
          NANOSECONDS;-1500;-1.500 µs
          NANOSECONDS;-9223372036854775808;-9,223,372,037 s
          BYTES;0;0 B
          BYTES;999;999 B
          BYTES;1234567;1.235 MB
          BYTES_PER_SECOND;2500;2.500 kB/s
          COUNT;1234567;1,234,567
          COUNT;-1234;-1,234
          ID;1234567;1234567
          PERCENT;12.34;12.3 %
          PERCENT;0.01;<0.1 %
          PERCENT;0;0.0 %
          PER_SECOND;0.5;0.500/s
          KILOHERTZ;2400000;2.400 GHz
          TIME;7;at 7
          """)
  void writesUnits(ColumnUnit unit, String value, String text) {
    Object number =
        value.contains(".") ? (Object) Double.valueOf(value) : (Object) Long.valueOf(value);
    assertThat(TEXT.of(unit, number)).isEqualTo(text);
  }

  @Test
  void writesNothingForNone() {
    assertThat(TEXT.of(ColumnUnit.BYTES, null)).isEmpty();
  }
}
