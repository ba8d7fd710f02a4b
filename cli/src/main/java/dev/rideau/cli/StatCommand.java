package dev.rideau.cli;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpOption;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.SelectionOptions;
import dev.rideau.cli.internal.stat.SortKey;
import dev.rideau.cli.internal.stat.StatJson;
import dev.rideau.cli.internal.stat.StatText;
import dev.rideau.cli.internal.stat.Statistics;
import dev.rideau.cli.internal.stat.TimeText;
import dev.rideau.cli.internal.stat.TraceStatistics;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `rideau stat`: what is in traces, in numbers.
@Command(
    name = "stat",
    description = {
      "Count what is in traces: event records and bytes of each event class, data streams, packets,"
          + " losses; show environment and clocks."
    },
    footer = {
      "  rideau stat mytrace",
      "  rideau stat mytrace -e 'sched_*' --sort=bytes --limit=10",
      "  rideau stat mytrace --begin 10:15 --end 10:16",
      "  rideau stat mytrace --json | jq '.traces[].event_classes[0]'"
    })
final class StatCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin HelpOption help;
  @Mixin private SelectionOptions selectionOptions = new SelectionOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "A trace, or a folder with traces somewhere below it.")
  private List<Path> paths = List.of();

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description = "Order of event classes: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private SortKey sort = SortKey.COUNT;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Show at most N rows of each table; in JSON, N event classes of each trace.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--clock-gmt",
      description = "Times of day are those of UTC and not of the local time zone.")
  private boolean clockGmt;

  @Option(names = "--clock-seconds", description = "Show times as seconds since the origin.")
  private boolean clockSeconds;

  @Option(names = "--json", description = "Print one JSON object; docs/json.md describes it.")
  private boolean json;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Use at most N threads; default: one for each processor.")
  private @Nullable Integer threads;

  StatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // Wrong options are found before anything is opened.
    if (limit < 0 || (threads != null && threads < 1)) {
      throw new ParameterException(
          spec.commandLine(), limit < 0 ? "--limit is below 0" : "--threads is below 1");
    }
    SelectionOptions.Parsed parsed = selectionOptions.parse();
    ZoneId zone = clockGmt ? ZoneOffset.UTC : ZoneId.systemDefault();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (OpenedTraces traces = Traces.open(paths, diagnostics)) {
      Selection selection = parsed.resolve(traces.dataStreams(), zone, console);
      Statistics statistics = count(traces, selection);
      for (Diagnostic each : statistics.diagnostics()) {
        diagnostics.report(each);
      }
      warn(statistics);
      console.out().print(json ? new StatJson(limit).text(statistics) : text(statistics, zone));
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private Statistics count(OpenedTraces traces, Selection selection) {
    int most = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    try (Progress progress = Progress.start(console, "counting")) {
      return Statistics.of(traces, selection, sort, most, progress);
    }
  }

  private String text(Statistics statistics, ZoneId zone) {
    TimeText times = new TimeText(zone, clockSeconds);
    return new StatText(times, limit, console.colours()).append(statistics).toString();
  }

  private void warn(Statistics statistics) {
    if (statistics.furtherDiagnostics() > 0) {
      console
          .err()
          .println("rideau: note: " + statistics.furtherDiagnostics() + " more were not kept");
    }
    for (TraceStatistics trace : statistics.traces()) {
      if (!trace.losses().isEmpty()) {
        String lost = StatText.lost(trace);
        console
            .err()
            .println(
                "rideau: warning: "
                    + trace.trace().path()
                    + ": the tracer lost "
                    + lost
                    + "; they are not counted");
      }
    }
  }
}
