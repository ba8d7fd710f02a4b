package dev.rideau.cli.internal;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.filter.EventNames;
import dev.rideau.trace.filter.FilterSyntaxException;
import dev.rideau.trace.filter.RecordFilter;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options that choose event records; for every command that does so.
public final class SelectionOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--begin",
      paramLabel = "TIME",
      description = "Only records from TIME on: " + TimeBound.FORMATS + ".")
  private @Nullable String begin;

  @Option(names = "--end", paramLabel = "TIME", description = "Only records up to TIME.")
  private @Nullable String end;

  @Option(
      names = "--timerange",
      paramLabel = "BEGIN,END",
      description = "Both of them; may stand in brackets.")
  private @Nullable String timeRange;

  @Option(
      names = {"-e", "--event"},
      paramLabel = "PATTERN",
      description = {
        "Only events whose name matches PATTERN (* ? [a-z]); with ! before it, only those whose"
            + " name does not. May be given several times."
      })
  private List<String> events = List.of();

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description = "Only records for which EXPR holds, as in: ret < 0 && procname =~ \"java*\".")
  private @Nullable String where;

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
    public Selection resolve(List<DataStream> streams, ZoneId zone, Console console) {
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
        beginNs = begin == null ? beginNs : begin.resolve(firstNs, zone);
        endNs = end == null ? endNs : end.resolve(firstNs, zone);
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
    String from = begin;
    String to = end;
    String range = timeRange;
    if (range != null) {
      if (from != null || to != null) {
        throw wrong("--timerange goes without --begin and --end");
      }
      String bare = range.startsWith("[") ? range.substring(1) : range;
      bare = bare.endsWith("]") ? bare.substring(0, bare.length() - 1) : bare;
      int comma = bare.indexOf(',');
      if (comma < 0) {
        throw wrong("--timerange: write BEGIN,END");
      }
      from = bare.substring(0, comma);
      to = bare.substring(comma + 1);
    }
    return new Parsed(
        EventNames.of(events),
        List.copyOf(events),
        filter(),
        time("--begin", from),
        time("--end", to));
  }

  private RecordFilter filter() {
    if (where == null) {
      return RecordFilter.ALL;
    }
    try {
      return RecordFilter.parse(where);
    } catch (FilterSyntaxException failure) {
      throw wrong("--where: " + failure.report());
    }
  }

  private @Nullable TimeBound time(String option, @Nullable String text) {
    try {
      return text == null ? null : TimeBound.parse(text.strip());
    } catch (IllegalArgumentException failure) {
      throw wrong(option + ": " + failure.getMessage());
    }
  }

  private RuntimeException wrong(String message) {
    CommandSpec command = spec;
    return command == null
        ? new IllegalArgumentException(message)
        : new ParameterException(command.commandLine(), message);
  }
}
