package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.SelectionOptions;
import dev.rideau.cli.internal.Timeline;
import dev.rideau.cli.internal.cat.RecordPrinter;
import dev.rideau.cli.internal.cat.StyleOptions;
import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `rideau cat`: prints event records as lines of text.
final class CatCommand extends Command {
  private final Console console;
  private final SelectionOptions selectionOptions = new SelectionOptions(this);
  private final StyleOptions styleOptions = new StyleOptions(this);
  private final Supplier<List<Path>> paths = traces();
  private final Supplier<Boolean> json = flag("--json", "Print one JSON object a line.");
  private final Supplier<Long> limit = option("--limit=N", Long.MAX_VALUE, "Stop after N records.");

  CatCommand(Console console) {
    super("cat");
    this.console = console;
    describe(
        "Print the event records of traces in the order of time, one a line.",
        "The text is that of babeltrace2; options with the same names mean the same.");
    examples(
        "  rideau cat mytrace | less",
        "  rideau cat mytrace -e 'sched_*' --begin 10:15 --end 10:16",
        "  rideau cat mytrace --where 'next_tid == 42 && prev_comm =~ \"java*\"'",
        "  rideau cat mytrace --json | jq .payload");
  }

  @Override
  public Integer call() {
    // Wrong options are found before anything is opened.
    ClassicStyle style = styleOptions.style();
    if (limit.get() < 0) {
      throw wrong("--limit is below 0");
    }
    SelectionOptions.Parsed parsed = selectionOptions.parse();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (OpenedTraces traces = Traces.open(paths.get(), Readers.ALL, diagnostics)) {
      if (!styleOptions.forceCorrelate()) {
        Timeline.check(traces.dataStreams());
      }
      Selection selection = parsed.resolve(traces.dataStreams(), style.zone(), console);
      RecordPrinter printer = new RecordPrinter(console, traces.dataStreams(), selection, style);
      printer.print(json.get(), limit.get(), diagnostics);
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }
}
