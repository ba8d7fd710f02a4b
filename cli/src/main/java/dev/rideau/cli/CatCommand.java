package dev.rideau.cli;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpOption;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rideau cat`: prints event records as lines of text.
@Command(
    name = "cat",
    description = {
      "Print the event records of traces in the order of time, one a line.",
      "The text is that of babeltrace2; options with the same names mean the same."
    },
    footer = {
      "  rideau cat mytrace | less",
      "  rideau cat mytrace -e 'sched_*' --begin 10:15 --end 10:16",
      "  rideau cat mytrace --where 'next_tid == 42 && prev_comm =~ \"java*\"'",
      "  rideau cat mytrace --json | jq .payload"
    })
final class CatCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help;
  @Mixin private SelectionOptions selectionOptions = new SelectionOptions();
  @Mixin private StyleOptions styleOptions = new StyleOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "A trace, or a folder with traces somewhere below it.")
  private List<Path> paths = List.of();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after N records.")
  private @Nullable Long limit;

  CatCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // Wrong options are found before anything is opened.
    ClassicStyle style = styleOptions.style();
    SelectionOptions.Parsed parsed = selectionOptions.parse();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (OpenedTraces traces = Traces.open(paths, diagnostics)) {
      if (!styleOptions.forceCorrelate()) {
        Timeline.check(traces.dataStreams());
      }
      Selection selection = parsed.resolve(traces.dataStreams(), style.zone(), console);
      RecordPrinter printer = new RecordPrinter(console, traces.dataStreams(), selection, style);
      printer.print(json, limit == null ? Long.MAX_VALUE : limit, diagnostics);
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }
}
