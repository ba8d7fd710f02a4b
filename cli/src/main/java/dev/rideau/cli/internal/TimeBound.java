package dev.rideau.cli.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A time as users write it for `--begin` and `--end`.
///
/// ```
/// YYYY-MM-DD              midnight
/// YYYY-MM-DD hh:mm[:ss[.fraction]]
/// hh:mm[:ss[.fraction]]   on the day on which the traces begin
/// [-]seconds[.fraction]   since the origin of the clock; those of the trace's own clock, too, as
///                         `cat`, perf script and trace-cmd report print them: times before that
///                         clock began are not in the trace
/// [-]nanoseconds          the same: numbers that are too large for seconds
/// ```
public sealed interface TimeBound {

  /// What [#parse] understands, in one line.
  String FORMATS = "[YYYY-MM-DD ][hh:mm[:ss[.fraction]]], seconds[.fraction] or nanoseconds";

  /// The greatest number of seconds that a time can have.
  long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

  /// The time in nanoseconds.
  ///
  /// @param firstNs when the traces begin
  /// @param clockNs when the clock of the traces began to count; 0 when that is its origin
  /// @param zone whose time of day the user means
  long resolve(long firstNs, long clockNs, TimeZone zone);

  /// Understands a time.
  ///
  /// @throws IllegalArgumentException when the text is none; the message says why
  static TimeBound parse(String text) {
    Matcher seconds = Patterns.SECONDS.matcher(text);
    if (seconds.matches()) {
      try {
        long whole = Long.parseLong(seconds.group(2));
        long ns =
            seconds.group(3) == null && whole > MOST_SECONDS
                ? whole
                : Math.addExact(
                    Math.multiplyExact(whole, 1_000_000_000L), nanoseconds(seconds.group(3)));
        return new Absolute(seconds.group(1).isEmpty() ? ns : -ns);
      } catch (ArithmeticException | NumberFormatException _) {
        throw new IllegalArgumentException("'" + text + "' is out of range");
      }
    }
    Matcher time = Patterns.DATE_AND_TIME.matcher(text);
    if (!time.matches() || (time.group(1) == null && time.group(2) == null)) {
      throw new IllegalArgumentException("'" + text + "' is not a time; write " + FORMATS);
    }
    try {
      LocalTime ofDay =
          time.group(2) == null
              ? LocalTime.MIDNIGHT
              : LocalTime.of(
                  Integer.parseInt(time.group(2)),
                  Integer.parseInt(time.group(3)),
                  time.group(4) == null ? 0 : Integer.parseInt(time.group(4)),
                  (int) nanoseconds(time.group(5)));
      return time.group(1) == null
          ? new OfDay(ofDay)
          : new OfDate(LocalDate.parse(time.group(1)), ofDay);
    } catch (DateTimeException failure) {
      throw new IllegalArgumentException("'" + text + "': " + failure.getMessage(), failure);
    }
  }

  private static long nanoseconds(@org.jspecify.annotations.Nullable String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
  }

  private static long toNs(LocalDate date, LocalTime time, TimeZone zone) {
    Instant instant = date.atTime(time).atZone(zone.toZoneId()).toInstant();
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  /// Nanoseconds from the origin.
  record Absolute(long ns) implements TimeBound {
    @Override
    public long resolve(long firstNs, long clockNs, TimeZone zone) {
      return ns >= 0 && ns < clockNs && clockNs < firstNs ? clockNs + ns : ns;
    }
  }

  /// A time of a certain day.
  record OfDate(LocalDate date, LocalTime time) implements TimeBound {
    @Override
    public long resolve(long firstNs, long clockNs, TimeZone zone) {
      return toNs(date, time, zone);
    }
  }

  /// A time of the day on which the traces begin.
  record OfDay(LocalTime time) implements TimeBound {
    @Override
    public long resolve(long firstNs, long clockNs, TimeZone zone) {
      LocalDate date = Instant.ofEpochSecond(0, firstNs).atZone(zone.toZoneId()).toLocalDate();
      return toNs(date, time, zone);
    }
  }

  /// Of the forms above.
  final class Patterns {
    private static final Pattern SECONDS = Pattern.compile("(-?)([0-9]{1,19})(?:\\.([0-9]{1,9}))?");
    private static final Pattern DATE_AND_TIME =
        Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})?(?:(?:^|[ T])([0-9]{2}):([0-9]{2})"
                + "(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?)?");

    private Patterns() {}
  }
}
