package dev.rideau.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeBoundTest {
  /// 2026-01-31 12:30:00 UTC, 13:30:00 in Paris.
  private static final long FIRST_NS = 1_769_862_600_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "12, UTC, 12000000000",
    "-12.5, UTC, -12500000000",
    "0.000000001, UTC, 1",
    "1769862600.123456789, UTC, 1769862600123456789",
    "12:31, UTC, 1769862660000000000",
    "12:31:05, UTC, 1769862665000000000",
    "12:31:05.25, UTC, 1769862665250000000",
    "13:31, Europe/Paris, 1769862660000000000",
    "2026-01-31, UTC, 1769817600000000000",
    "2026-01-31, Europe/Paris, 1769814000000000000",
    "2026-01-31 12:30, UTC, 1769862600000000000",
    "2026-01-31T12:30:01.5, UTC, 1769862601500000000",
    "1769862601500000001, UTC, 1769862601500000001",
    "9223372036, UTC, 9223372036000000000"
  })
  void understandsTheFormats(String text, String zone, long expectedNs) {
    assertThat(TimeBound.parse(text).resolve(FIRST_NS, 0, TimeZone.getTimeZone(zone)))
        .isEqualTo(expectedNs);
  }

  @Test
  void takesSecondsOfTheTracesOwnClock() {
    long bootNs = FIRST_NS - 46_511_250_000_000L;
    TimeZone zone = TimeZone.getTimeZone("UTC");
    assertThat(TimeBound.parse("46511.25").resolve(FIRST_NS, bootNs, zone)).isEqualTo(FIRST_NS);
    assertThat(TimeBound.parse("1769862601").resolve(FIRST_NS, bootNs, zone))
        .isEqualTo(1_769_862_601_000_000_000L);
    assertThat(TimeBound.parse("-5").resolve(FIRST_NS, bootNs, zone)).isEqualTo(-5_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "12:",
        "12:3",
        "25:00",
        "2026-13-01",
        "2026-02-30",
        "1.",
        "1.0123456789",
        "9999999999999999999",
        "99999999999.5",
        "2026-01-31 ",
        "2026-01-3112:30"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> TimeBound.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
