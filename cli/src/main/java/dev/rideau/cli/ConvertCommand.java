package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.LocalZone;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.SelectionOptions;
import dev.rideau.cli.internal.TemporaryOutput;
import dev.rideau.cli.internal.convert.Conversion;
import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;

/// `rideau convert`: writes a new trace with the records of others.
final class ConvertCommand extends Command {
  /// What `--format` knows.
  enum Format {
    ctf1,
    ctf2
  }

  private final Console console;
  private final SelectionOptions selectionOptions = new SelectionOptions(this);
  private final Supplier<List<Path>> paths = traces();
  private final Supplier<Path> output =
      required(
          "-o, --output=DIR", Path.class, "The folder to write; it appears when all is written.");
  private final Supplier<Format> format =
      option("--format=FORMAT", Format.ctf1, "ctf1 (CTF 1.8, the default) or ctf2.");
  private final Supplier<Conversion.Layout> layout =
      option(
          "--layout=LAYOUT",
          Conversion.Layout.lttng,
          "Of trace.dat and perf.data: lttng (events and fields are called as LTTng's kernel"
              + " tracer calls them, the default) or recorded (they keep their names).");
  private final Supplier<Boolean> force = flag("--force", "Replace DIR if it exists.");
  private final Supplier<Boolean> clockGmt =
      flag("--clock-gmt", "Times of day are those of UTC and not of the local time zone.");

  ConvertCommand(Console console) {
    super("convert");
    this.console = console;
    describe(
        "Write traces anew, whole or in part, in CTF 1.8 or CTF 2.",
        "Data streams, packets, counters of losses, clocks and environment stay as they are."
            + " What CTF 1.8 lacks becomes what comes nearest, with a note.",
        "The kernel's own events, of trace.dat and perf.data, get the names and fields of LTTng, in"
            + " DIR/kernel, so that tools for LTTng's traces understand them.");
    examples(
        "  rideau convert mytrace -o copy",
        "  rideau convert mytrace -o part --begin 10:15 --end 10:16 -e 'sched_*'",
        "  rideau convert mytrace -o new --format ctf2",
        "  rideau convert trace.dat -o session && babeltrace2 session");
  }

  @Override
  public Integer call() throws IOException {
    SelectionOptions.Parsed parsed = selectionOptions.parse();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (TemporaryOutput folder = TemporaryOutput.directoryFor(output.get(), force.get())) {
      try (OpenedTraces traces = Traces.open(paths.get(), Readers.ALL, diagnostics)) {
        refuseOverlap(traces.traces());
        TimeZone zone = LocalZone.of(clockGmt.get());
        Selection selection = parsed.resolve(traces.dataStreams(), zone, console);
        Conversion conversion =
            new Conversion(
                traces,
                paths.get(),
                selection,
                switch (format.get()) {
                  case ctf1 -> CtfFormat.CTF_1_8;
                  case ctf2 -> CtfFormat.CTF_2;
                },
                layout.get(),
                diagnostics);
        try (Progress progress = Progress.start(console, "converting")) {
          conversion.run(folder.path(), progress);
        } catch (IOException failure) {
          throw new CommandFailure(
              output.get() + ": cannot be written: " + failure.getMessage(),
              "nothing was left behind; name a folder with room",
              failure);
        }
      }
      folder.commit();
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  // Replacing a folder must not take the source with it, and a trace must not grow into itself.
  private void refuseOverlap(List<Trace> traces) throws IOException {
    Path target = real(output.get());
    for (Trace trace : traces) {
      Path source = real(trace.path());
      if (source.startsWith(target) || target.startsWith(source)) {
        throw new CommandFailure(
            output.get() + ": overlaps the trace " + trace.path(), "name a folder elsewhere");
      }
    }
  }

  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.toFile().exists() ? absolute.toRealPath() : absolute;
  }
}
