package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DatabaseSelection;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.LocalZone;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.record.Amounts;
import dev.rideau.cli.internal.record.ShortRecording;
import dev.rideau.cli.internal.report.ExplanationText;
import dev.rideau.cli.internal.report.HostOption;
import dev.rideau.cli.internal.report.RangeOptions;
import dev.rideau.cli.internal.report.TimeOfDay;
import dev.rideau.perf.PerfTraceReader;
import dev.rideau.record.Recording;
import dev.rideau.reports.Explanation;
import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.ValueText;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.TraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `rideau explain`: the one page about a trace for somebody who sees it for the first time.
final class ExplainCommand extends Command {
  private final Console console;
  private final Supplier<List<String>> words =
      words(
          "TRACE",
          "Traces. Without any: what this machine does in the next seconds, for those who may"
              + " record it; for others the example that comes along.");
  private final Supplier<String> duration =
      option("--duration=TIME", "10s", "Without a trace: how long to record this machine.");
  private final RangeOptions range = new RangeOptions(this);
  private final HostOption host = new HostOption(this);
  private final Supplier<Boolean> json =
      flag("--json", "Print a JSON object, one for each machine.");
  private final DatabaseSelection database = new DatabaseSelection(this);

  ExplainCommand(Console console) {
    super("explain");
    this.console = console;
    describe(
        "Explain traces in one page: what ran, what the machine was short of, what is most worth"
            + " knowing and which command shows more, and what the traces cannot tell.");
    examples(
        "  sudo rideau explain",
        "  rideau explain mytrace",
        "  rideau explain mytrace --begin +10 --end +12",
        "  rideau explain mytrace --json | jq '.findings[0]'");
  }

  @Override
  public Integer call() {
    RangeOptions.Parsed wanted = range.parse();
    List<Path> paths = words.get().stream().map(Path::of).toList();
    if (paths.isEmpty()) {
      // Who may mount tracefs is told how, by what fails.
      boolean isOurs = Recording.isPossible() || Recording.isOneMountAway();
      paths = List.of(isOurs ? record() : example());
    }
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (Progress progress = Progress.start(console, "reading");
        TraceDatabase db =
            TraceDatabase.open(paths, Readers.ALL, database.options(diagnostics, progress))) {
      ReportRunner runner = new ReportRunner(FactSource.of(db));
      ReportCatalog catalog = ReportCatalog.bundled();
      runner.prepare(Explanation.reports(catalog));
      TimeRange whole = runner.recording();
      ValueText values = new ValueText(new TimeOfDay(LocalZone.of(range.utc()), whole.beginNs()));
      List<String> hosts = runner.hosts();
      boolean isFirst = true;
      for (int each : host.resolve(hosts)) {
        TimeRange asked = wanted.resolve(whole, runner.clockNs());
        if (hosts.size() > 1) {
          runner.limitTo(each);
          asked = asked.within(runner.recording());
        }
        Explanation explanation = Explanation.of(runner, catalog, asked, values);
        progress.pause();
        ExplanationText text =
            new ExplanationText(
                explanation, values, paths, hosts.size() > 1 ? hosts.get(each) : null);
        if (!isFirst && !json.get()) {
          console.out().println();
        }
        isFirst = false;
        console
            .out()
            .print(json.get() ? text.json() : text.page(console.colours(), hasSamples(paths)));
        console.flush();
        runner.faults().forEach(diagnostics::report);
      }
    } catch (ReportException failure) {
      throw new CommandFailure(String.valueOf(failure.getMessage()), failure.advice(), failure);
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private static boolean hasSamples(List<Path> paths) {
    PerfTraceReader perf = new PerfTraceReader();
    return paths.stream().anyMatch(perf::probe);
  }

  private Path record() {
    long durationNs = Amounts.nanoseconds(duration.get());
    if (durationNs <= 0) {
      throw wrong("--duration: '" + duration.get() + "' is no duration such as 10s");
    }
    return ShortRecording.run(console, durationNs);
  }

  private Path example() {
    console
        .err()
        .println(
            "rideau: this is the example that comes along; 'sudo rideau explain' records this"
                + " machine, 'rideau explain TRACE' explains a trace");
    return bundled();
  }

  // Where the program is started from its own folder the path is the short one of the documents.
  private static Path bundled() {
    Path here = Path.of("examples", "cpuburn");
    if (Files.isDirectory(here)) {
      return here;
    }
    String home = System.getProperty("rideau.home");
    Path there = home == null ? here : Path.of(home).resolve(here);
    if (Files.isDirectory(there)) {
      return there;
    }
    throw new CommandFailure("the example trace is not here", "name a trace: rideau explain TRACE");
  }
}
