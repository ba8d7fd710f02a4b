package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.LocalZone;
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
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau stat`: what is in traces, in numbers.
final class StatCommand extends Command {
  private final Console console;
  private final SelectionOptions selectionOptions = new SelectionOptions(this);
  private final Supplier<List<Path>> paths = traces();
  private final Supplier<SortKey> sort =
      option(
          "--sort=KEY",
          SortKey.COUNT,
          "Order of event classes: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.");
  private final Supplier<Integer> limit =
      option(
          "--limit=N",
          Integer.MAX_VALUE,
          "Show at most N rows of each table; in JSON, N event classes of each trace.");
  private final Supplier<Boolean> clockGmt =
      flag("--clock-gmt", "Times of day are those of UTC and not of the local time zone.");
  private final Supplier<Boolean> clockSeconds =
      flag("--clock-seconds", "Show times as seconds since the origin.");
  private final Supplier<Boolean> json =
      flag("--json", "Print one JSON object; docs/json.md describes it.");
  private final Supplier<@Nullable Integer> threads =
      option(
          "--threads=N", Integer.class, "Use at most N threads; default: one for each processor.");

  StatCommand(Console console) {
    super("stat");
    this.console = console;
    describe(
        "Count what is in traces: event records and bytes of each event class, data streams, packets,"
            + " losses; show environment and clocks.");
    examples(
        "  rideau stat mytrace",
        "  rideau stat mytrace -e 'sched_*' --sort=bytes --limit=10",
        "  rideau stat mytrace --begin 10:15 --end 10:16",
        "  rideau stat mytrace --json | jq '.traces[].event_classes[0]'");
  }

  @Override
  public Integer call() {
    // Wrong options are found before anything is opened.
    if (limit.get() < 0) {
      throw wrong("--limit is below 0");
    }
    int most = threads();
    SelectionOptions.Parsed parsed = selectionOptions.parse();
    TimeZone zone = LocalZone.of(clockGmt.get());
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (OpenedTraces traces = Traces.open(paths.get(), Readers.ALL, diagnostics)) {
      Selection selection = parsed.resolve(traces.dataStreams(), zone, console);
      Statistics statistics = count(traces, selection, most);
      for (Diagnostic each : statistics.diagnostics()) {
        diagnostics.report(each);
      }
      warn(statistics);
      console
          .out()
          .print(json.get() ? new StatJson(limit.get()).text(statistics) : text(statistics, zone));
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private int threads() {
    Integer wanted = threads.get();
    if (wanted == null) {
      return Runtime.getRuntime().availableProcessors();
    } else if (wanted < 1) {
      throw wrong("--threads is below 1");
    }
    return wanted;
  }

  private Statistics count(OpenedTraces traces, Selection selection, int most) {
    try (Progress progress = Progress.start(console, "counting")) {
      return Statistics.of(traces, selection, sort.get(), most, progress);
    }
  }

  private String text(Statistics statistics, TimeZone zone) {
    TimeText times = new TimeText(zone, clockSeconds.get());
    return new StatText(times, limit.get(), console.colours()).append(statistics).toString();
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
