package dev.rideau.cli.internal;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.filter.EventNames;
import dev.rideau.trace.filter.FilterSyntaxException;
import dev.rideau.trace.filter.RecordFilter;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The options that choose event records; for every command that does so.
public final class SelectionOptions {
  private final Command command;
  private final Supplier<@Nullable String> begin;
  private final Supplier<@Nullable String> end;
  private final Supplier<@Nullable String> timeRange;
  private final Supplier<List<String>> events;
  private final Supplier<@Nullable String> where;

  /// Adds the options to a command.
  public SelectionOptions(Command command) {
    this.command = command;
    begin =
        command.option(
            "--begin=TIME", String.class, "Only records from TIME on: " + TimeBound.FORMATS + ".");
    end = command.option("--end=TIME", String.class, "Only records up to TIME.");
    timeRange =
        command.option(
            "--timerange=BEGIN,END", String.class, "Both of them; may stand in brackets.");
    events =
        command.texts(
            "-e, --event=PATTERN",
            "Only events whose name matches PATTERN (* ? [a-z]); with ! before it, only those whose"
                + " name does not. May be given several times.");
    where =
        command.option(
            "--where=EXPR",
            String.class,
            "Only records for which EXPR holds, as in: ret < 0 && procname =~ \"java*\".");
  }

  /// What the options say, before anything is known of the traces.
  ///
  /// @param begin null for none
  /// @param end null for none
  public record Parsed(
      EventNames names,
      List<String> patterns,
      RecordFilter filter,
      @Nullable TimeBound begin,
      @Nullable TimeBound end) {

    /// The choice for these streams. Warns of names and patterns that nothing has.
    public Selection resolve(List<DataStream> streams, TimeZone zone, Console console) {
      for (String unknown : filter.unknownNames(streams)) {
        console.err().println("rideau: warning: --where: no event class has '" + unknown + "'");
      }
      for (String pattern : patterns) {
        if (!pattern.startsWith("!") && !matchesAny(pattern, streams)) {
          console.err().println("rideau: warning: no event class is called '" + pattern + "'");
        }
      }
      long beginNs = Long.MIN_VALUE;
      long endNs = Long.MAX_VALUE;
      if (begin != null || end != null) {
        Long first = Timeline.firstNs(streams);
        long firstNs = first == null ? 0 : first;
        long clockNs = Timeline.clockNs(streams);
        beginNs = begin == null ? beginNs : begin.resolve(firstNs, clockNs, zone);
        endNs = end == null ? endNs : end.resolve(firstNs, clockNs, zone);
        if (beginNs > endNs) {
          throw new CommandFailure("the time range ends before it begins");
        }
      }
      return new Selection(names, filter, beginNs, endNs);
    }

    private static boolean matchesAny(String pattern, List<DataStream> streams) {
      EventNames one = EventNames.of(List.of(pattern));
      for (DataStream stream : streams) {
        for (EventClass eventClass : stream.dataStreamClass().eventClasses()) {
          if (one.includes(eventClass)) {
            return true;
          }
        }
      }
      return streams.isEmpty();
    }
  }

  /// Understands the options.
  public Parsed parse() {
    String from = begin.get();
    String to = end.get();
    String range = timeRange.get();
    if (range != null) {
      if (from != null || to != null) {
        throw command.wrong("--timerange goes without --begin and --end");
      }
      String bare = range.startsWith("[") ? range.substring(1) : range;
      bare = bare.endsWith("]") ? bare.substring(0, bare.length() - 1) : bare;
      int comma = bare.indexOf(',');
      if (comma < 0) {
        throw command.wrong("--timerange: write BEGIN,END");
      }
      from = bare.substring(0, comma);
      to = bare.substring(comma + 1);
    }
    return new Parsed(
        EventNames.of(events.get()),
        List.copyOf(events.get()),
        filter(),
        time("--begin", from),
        time("--end", to));
  }

  private RecordFilter filter() {
    String expression = where.get();
    if (expression == null) {
      return RecordFilter.ALL;
    }
    try {
      return RecordFilter.parse(expression);
    } catch (FilterSyntaxException failure) {
      throw command.wrong("--where: " + failure.report());
    }
  }

  private @Nullable TimeBound time(String option, @Nullable String text) {
    try {
      return text == null ? null : TimeBound.parse(text.strip());
    } catch (IllegalArgumentException failure) {
      throw command.wrong(option + ": " + failure.getMessage());
    }
  }
}
