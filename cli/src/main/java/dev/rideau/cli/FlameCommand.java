package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.TemporaryOutput;
import dev.rideau.perf.StackProfile;
import dev.rideau.perf.StackProfile.Weight;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import dev.rideau.trace.filter.EventNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau flame`: samples added up by their call chains.
final class FlameCommand extends Command {
  private final Console console;
  private final Supplier<@Nullable Path> output =
      option("-o, --output=FILE", Path.class, "The file to write; default: standard output.");
  private final Supplier<Boolean> force = flag("--force", "Replace FILE if it exists.");
  private final Supplier<Boolean> collapsed =
      flag("--collapsed", "Write lines of functions and a number instead of a picture.");
  private final Supplier<Boolean> frames =
      flag(
          "--frames",
          "Write a table instead (CSV): one row for each function of each sample's call chain.");
  private final Supplier<List<String>> events =
      splitTexts("-e, --events=NAME", "Only samples of these events; default: all of the trace.");
  private final Supplier<Boolean> period =
      flag("--period", "Weigh samples by their period instead of counting them.");
  private final Supplier<String> title =
      option("--title=TEXT", "Flame graph", "What to write above the picture.");
  private final Supplier<List<Path>> paths = traces();

  FlameCommand(Console console) {
    super("flame");
    this.console = console;
    describe(
        "Draw which functions the samples of perf.data files are in, as a flame graph (SVG).",
        "Symbols come from the files that ran, if their build ids are those of the recording.");
    examples(
        "  rideau flame perf.data -o flame.svg",
        "  rideau flame perf.data --collapsed | sort -k2 | head",
        "  rideau flame perf.data -e cpu-clock --period -o flame.svg",
        "  rideau report functions perf.data",
        "  rideau sql perf.data \"SELECT function, count(*) FROM frame WHERE depth = 0 GROUP BY 1"
            + " ORDER BY 2 DESC\"");
  }

  @Override
  public Integer call() throws IOException {
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (OpenedTraces opened = Traces.open(paths.get(), Readers.ALL, diagnostics)) {
      List<Trace> traces = opened.traces().stream().filter(StackProfile::isPossible).toList();
      if (traces.isEmpty()) {
        throw new CommandFailure(
            "none of these traces has samples", "record some with 'perf record -g'");
      }
      if (collapsed.get() && frames.get()) {
        throw wrong("--collapsed and --frames exclude each other");
      }
      write(traces, diagnostics);
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private Predicate<EventClass> wanted() {
    return EventNames.of(events.get())::includes;
  }

  private void write(List<Trace> traces, DiagnosticLines diagnostics) throws IOException {
    Path file = output.get();
    if (file == null) {
      // It reports what goes wrong itself.
      Writer out =
          new BufferedWriter(new OutputStreamWriter(console.stdout(), StandardCharsets.UTF_8));
      write(traces, out, diagnostics);
      out.flush();
      return;
    }
    try (TemporaryOutput temporary = TemporaryOutput.fileFor(file, force.get())) {
      try (Writer out = Files.newBufferedWriter(temporary.path())) {
        write(traces, out, diagnostics);
      }
      temporary.commit();
    }
  }

  private void write(List<Trace> traces, Appendable out, DiagnosticLines diagnostics)
      throws IOException {
    if (frames.get()) {
      refuseNone(StackProfile.writeFrames(traces, wanted(), out, diagnostics));
      return;
    }
    Weight weight = period.get() ? Weight.PERIOD : Weight.SAMPLES;
    StackProfile profile = StackProfile.of(traces, wanted(), weight, diagnostics);
    refuseNone(profile.total());
    if (collapsed.get()) {
      profile.writeCollapsed(out);
    } else {
      profile.writeSvg(title.get(), out);
    }
  }

  private static void refuseNone(long samples) {
    if (samples == 0) {
      throw new CommandFailure(
          "the trace has no samples of these events", "'rideau stat' shows its events");
    }
  }
}
