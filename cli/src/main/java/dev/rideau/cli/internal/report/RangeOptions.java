package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.LocalZone;
import dev.rideau.cli.internal.TimeBound;
import dev.rideau.reports.ReportRunner.TimeRange;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The options that choose a part of the time of a recording.
public final class RangeOptions {
  private final Command command;
  private final Supplier<@Nullable String> begin;
  private final Supplier<@Nullable String> end;
  private final Supplier<Boolean> clockGmt;

  /// Adds the options to a command.
  public RangeOptions(Command command) {
    this.command = command;
    begin =
        command.option(
            "--begin=TIME",
            String.class,
            "Look at the time from TIME on: "
                + TimeBound.FORMATS
                + ", or +seconds since the begin.");
    end = command.option("--end=TIME", String.class, "Look at the time up to TIME.");
    clockGmt =
        command.flag(
            "--clock-gmt", "Times of day are those of UTC and not of the local time zone.");
  }

  /// Whether times of day are those of UTC.
  public boolean utc() {
    return clockGmt.get();
  }

  /// Understands the options.
  public Parsed parse() {
    return new Parsed(bound("--begin", begin.get()), bound("--end", end.get()), clockGmt.get());
  }

  private @Nullable Bound bound(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      if (text.startsWith("+")) {
        long ns = new BigDecimal(text.substring(1)).movePointRight(9).longValueExact();
        return (recording, _, _) -> Math.addExact(recording.beginNs(), ns);
      }
      TimeBound bound = TimeBound.parse(text.strip());
      return (recording, clockNs, utc) ->
          bound.resolve(recording.beginNs(), clockNs, LocalZone.of(utc));
    } catch (ArithmeticException | NumberFormatException failure) {
      throw command.wrong(option + ": '" + text + "' is not +seconds[.fraction]");
    } catch (IllegalArgumentException failure) {
      throw command.wrong(option + ": " + failure.getMessage());
    }
  }

  /// A time that depends on the recording.
  private interface Bound {
    long ns(TimeRange recording, long clockNs, boolean utc);
  }

  /// What the options say.
  public static final class Parsed {
    private final @Nullable Bound begin;
    private final @Nullable Bound end;
    private final boolean utc;

    private Parsed(@Nullable Bound begin, @Nullable Bound end, boolean utc) {
      this.begin = begin;
      this.end = end;
      this.utc = utc;
    }

    /// The part of a recording that is meant.
    ///
    /// @param clockNs when its clock began to count; 0 when that is not known
    public TimeRange resolve(TimeRange recording, long clockNs) {
      long from = begin == null ? recording.beginNs() : begin.ns(recording, clockNs, utc);
      long to = end == null ? recording.endNs() : end.ns(recording, clockNs, utc);
      if (to < recording.beginNs() || from > recording.endNs()) {
        throw new CommandFailure(
            "the time range lies outside of the recording",
            "'rideau stat' shows when it begins and ends");
      }
      if (from > to) {
        throw new CommandFailure("the time range ends before it begins");
      }
      return new TimeRange(from, to).within(recording);
    }
  }
}
