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
import dev.rideau.cli.internal.text.KernelText;
import dev.rideau.cli.internal.text.PerfScriptText;
import dev.rideau.cli.internal.text.RecordTextFactory;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau cat`: prints event records as lines of text.
final class CatCommand extends Command {
  private final Console console;
  private final SelectionOptions selectionOptions = new SelectionOptions(this);
  private final StyleOptions styleOptions = new StyleOptions(this);
  private final Supplier<List<Path>> paths = traces();
  private final Supplier<Boolean> json = flag("--json", "Print one JSON object a line.");
  private final Supplier<String> like =
      option(
          "--like=PROGRAM",
          "auto",
          "Whose text to print: babeltrace2, trace-cmd (of traces in the kernel's own format),"
              + " perf-script (of perf.data), auto.");
  private final Supplier<Long> limit = option("--limit=N", Long.MAX_VALUE, "Stop after N records.");

  CatCommand(Console console) {
    super("cat");
    this.console = console;
    describe(
        "Print the event records of traces in the order of time, one a line.",
        "The text is that of babeltrace2; options with the same names mean the same.",
        "Of trace.dat files it is that of 'trace-cmd report -t -N', so without trace-cmd's plugins, of"
            + " perf.data",
        "files that of 'perf script', which prints samples only, unless --like says otherwise.");
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
    if (json.get()) {
      for (String option : styleOptions.usedForTextOnly()) {
        console.err().println("rideau: note: " + option + " changes nothing of JSON");
      }
    }
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (OpenedTraces traces = Traces.open(paths.get(), Readers.ALL, diagnostics)) {
      if (!styleOptions.forceCorrelate()) {
        Timeline.check(traces.dataStreams());
      }
      Selection selection = parsed.resolve(traces.dataStreams(), style.zone(), console);
      RecordPrinter printer =
          new RecordPrinter(
              console, traces.dataStreams(), selection, style, nativeText(traces.dataStreams()));
      printer.print(json.get(), limit.get(), diagnostics);
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  /// What writes lines as another program than babeltrace2 does, or null.
  private @Nullable RecordTextFactory nativeText(List<DataStream> streams) {
    boolean kernel = KernelText.suits(streams);
    boolean perf = PerfScriptText.suits(streams);
    return switch (like.get()) {
      case "babeltrace2" -> null;
      case "auto" -> kernel ? new KernelText(streams) : perf ? new PerfScriptText() : null;
      case "trace-cmd" -> {
        if (!kernel) {
          throw wrong("--like=trace-cmd: not all of these traces are in the kernel's own format");
        }
        yield new KernelText(streams);
      }
      case "perf-script" -> {
        if (!perf) {
          throw wrong("--like=perf-script: not all of these traces are perf.data");
        }
        yield new PerfScriptText();
      }
      default -> throw wrong("--like: unknown program '" + like.get() + "'");
    };
  }
}
