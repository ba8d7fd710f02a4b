package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.cli.internal.text.TimestampStyle;
import dev.rideau.cli.internal.text.TimestampText;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import java.util.TimeZone;

/// Times of a report as text: date and time of day where the clock is one, seconds elsewhere.
public final class TimeText {
  /// Nobody traces before 1973: a clock of unknown origin with such an offset counts from the Unix
  /// epoch.
  private static final long CALENDAR_OFFSET_SECONDS = 100_000_000;

  private final TimestampText dates;
  private final TimestampText seconds;
  private final boolean secondsOnly;
  private final TextBuffer buffer = new TextBuffer(64);

  /// @param secondsOnly whether nobody wants dates
  public TimeText(TimeZone zone, boolean secondsOnly) {
    dates = new TimestampText(TimestampStyle.DATE, zone);
    seconds = new TimestampText(TimestampStyle.SECONDS, zone);
    this.secondsOnly = secondsOnly;
  }

  String text(long ns, ClockClass clock) {
    buffer.clear();
    boolean date = !secondsOnly && ns >= 0 && countsFromEpoch(clock);
    (date ? dates : seconds).put(buffer, ns);
    return buffer.toString();
  }

  private static boolean countsFromEpoch(ClockClass clock) {
    return switch (clock.origin()) {
      case ClockOrigin.UnixEpoch _ -> true;
      case ClockOrigin.Unknown _ -> clock.offsetSeconds() >= CALENDAR_OFFSET_SECONDS;
      case ClockOrigin.Custom _ -> false;
    };
  }
}
