package dev.rideau.server.internal.view;

import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/// Times as people read them: the time of day with nine digits behind the second, or seconds where
/// the clock of the trace does not count from the epoch. Immutable.
///
/// @param isCalendar whether it counts from the epoch
/// @param utcOffsetSeconds how far ahead of UTC the clocks are
record TimeText(boolean isCalendar, int utcOffsetSeconds) implements LongFunction<String> {
  private static final long SECOND_NS = 1_000_000_000L;

  /// Nobody traced before 1973: smaller times count from something else.
  private static final long CALENDAR_NS = 100_000_000L * SECOND_NS;

  /// Times of a recording, in a zone. The offset from UTC at its begin holds for all of it, so that
  /// no time of day comes twice.
  static TimeText of(TimeZone zone, long beginNs) {
    int offsetMs = zone.getOffset(Math.floorDiv(beginNs, 1_000_000L));
    return new TimeText(beginNs >= CALENDAR_NS, (int) TimeUnit.MILLISECONDS.toSeconds(offsetMs));
  }

  @Override
  public String apply(long ns) {
    long second = Math.floorDiv(ns, SECOND_NS);
    long rest = Math.floorMod(ns, SECOND_NS);
    if (!isCalendar) {
      return "%d.%09d".formatted(second, rest);
    }
    int ofDay = Math.floorMod(second + utcOffsetSeconds, 86_400);
    return "%02d:%02d:%02d.%09d".formatted(ofDay / 3600, ofDay / 60 % 60, ofDay % 60, rest);
  }
}
