package dev.rideau.cli.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.TimeZone;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class TimestampTextTest {

  @Property(tries = 1000)
  void agreesWithTheStandardLibrary(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000_000_000L) long ns) {
    ZoneId zone = ZoneId.of("America/St_Johns");
    TimestampText date = new TimestampText(TimestampStyle.DATE, TimeZone.getTimeZone(zone));
    TimestampText clock = new TimestampText(TimestampStyle.CLOCK, TimeZone.getTimeZone(zone));
    DateTimeFormatter pattern = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn");
    // Twice, because the second time takes what the first one remembered.
    for (long time : new long[] {ns, ns + 1, ns + 3_600_000_000_000L}) {
      String expected = pattern.format(Instant.ofEpochSecond(0, time).atZone(zone));
      assertThat(text(date, time)).isEqualTo(expected);
      assertThat(text(clock, time)).isEqualTo(expected.substring(11));
    }
  }

  @Example
  void writesSecondsWithSign() {
    TimestampText seconds = new TimestampText(TimestampStyle.SECONDS, TimeZone.getTimeZone("UTC"));
    assertThat(text(seconds, 1_351_532_897_586_558_519L)).isEqualTo("1351532897.586558519");
    assertThat(text(seconds, 5)).isEqualTo("0.000000005");
    assertThat(text(seconds, -500_000_000)).isEqualTo("-0.500000000");
    assertThat(text(seconds, -1_500_000_000)).isEqualTo("-1.500000000");
    assertThat(text(seconds, -2_000_000_000)).isEqualTo("-2.000000000");
  }

  @Example
  void tellsTheFirstNegativeTimeInSeconds() {
    TimestampText clock = new TimestampText(TimestampStyle.CLOCK, TimeZone.getTimeZone("UTC"));
    assertThat(text(clock, -1_500_000_000)).isEqualTo("-1.500000000");
    assertThat(text(clock, -1_500_000_000)).isEqualTo("00:00:01.500000000");
  }

  private static String text(TimestampText times, long ns) {
    TextBuffer out = new TextBuffer(0);
    times.put(out, ns);
    return out.toString();
  }
}
