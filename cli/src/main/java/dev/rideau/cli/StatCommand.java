package dev.rideau.cli;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpOption;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.stat.SortKey;
import dev.rideau.cli.internal.stat.StatJson;
import dev.rideau.cli.internal.stat.StatText;
import dev.rideau.cli.internal.stat.Statistics;
import dev.rideau.cli.internal.stat.TimeText;
import dev.rideau.cli.internal.stat.TimeWindow;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import dev.rideau.trace.filter.EventNames;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rideau stat`: what is in traces, in numbers.
@Command(
    name = "stat",
    description = {
      "Counts what is in traces: event records and bytes of each event class, data streams, "
          + "packets, losses; with environment and clocks.",
    },
    footer = {
      "  rideau stat ~/lttng-traces/my-session",
      "  rideau stat -e 'sched_*' --sort=bytes --limit=10 TRACE",
      "  rideau stat --json TRACE | jq '.traces[].event_classes[0]'",
    })
final class StatCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "A trace, or a folder with traces somewhere below it.")
  List<Path> paths = List.of();

  @Option(
      names = {"-e", "--event"},
      paramLabel = "PATTERN",
      description = "List only event classes whose name matches; '!PATTERN' leaves them out.")
  List<String> patterns = List.of();

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = "Order of event classes: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  SortKey sort = SortKey.COUNT;

  @Option(names = "--limit", paramLabel = "N", description = "Most rows of each table.")
  int limit = Integer.MAX_VALUE;

  @Option(names = "--clock-gmt", description = "Show times in UTC.")
  boolean utc;

  @Option(names = "--clock-seconds", description = "Show times in seconds.")
  boolean seconds;

  @Option(names = "--json", description = "Print one JSON object, see docs/json.md.")
  boolean json;

  @Option(names = "--threads", paramLabel = "N", description = "Most threads (default: all cores).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Mixin HelpOption help;

  StatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (limit < 0 || threads < 1) {
      throw new CommandFailure("--limit and --threads take positive numbers");
    }
    List<Diagnostic> found = new ArrayList<>();
    try (OpenedTraces traces = Traces.open(paths, found::add)) {
      Statistics statistics;
      try (Progress progress = Progress.start(console, "counting")) {
        statistics =
            Statistics.of(traces, TimeWindow.ALL, EventNames.of(patterns), sort, threads, progress);
      }
      for (Diagnostic each : found) {
        console.err().println(each);
      }
      for (Diagnostic each : statistics.diagnostics()) {
        console.err().println(each);
      }
      console.out().print(json ? new StatJson(limit).text(statistics) : text(statistics));
      return statistics.errors() > 0 ? ExitCode.ERROR : ExitCode.OK;
    }
  }

  private String text(Statistics statistics) {
    ZoneId zone = utc ? ZoneOffset.UTC : ZoneId.systemDefault();
    TimeText times = new TimeText(zone, seconds);
    return new StatText(times, limit, console.colours()).append(statistics).toString();
  }
}
