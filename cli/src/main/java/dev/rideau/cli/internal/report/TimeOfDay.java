package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.cli.internal.text.TimestampStyle;
import dev.rideau.cli.internal.text.TimestampText;
import java.util.TimeZone;
import java.util.function.LongFunction;

/// Times of a trace as time of day, or as seconds where its clock does not count from the epoch.
public final class TimeOfDay implements LongFunction<String> {
  /// Nobody traced before 1973: smaller times count from something else.
  private static final long CALENDAR_NS = 100_000_000L * 1_000_000_000L;

  private final TimestampText text;
  private final TextBuffer buffer = new TextBuffer(64);

  /// @param firstNs when the recording begins
  public TimeOfDay(TimeZone zone, long firstNs) {
    boolean isCalendar = firstNs >= CALENDAR_NS;
    text = new TimestampText(isCalendar ? TimestampStyle.CLOCK : TimestampStyle.SECONDS, zone);
  }

  @Override
  public String apply(long ns) {
    buffer.clear();
    text.put(buffer, ns);
    return buffer.toString();
  }
}
