package dev.rideau.cli;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.HelpOption;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rideau convert`: writes a new trace with the records of others.
@Command(
    name = "convert",
    description = {
      "Write traces anew, whole or in part, in CTF 1.8 or CTF 2.",
      "Data streams, packets, counters of losses, clocks and environment stay as they are."
          + " What CTF 1.8 lacks becomes what comes nearest, with a note."
    },
    footer = {
      "  rideau convert mytrace -o copy",
      "  rideau convert mytrace -o part --begin 10:15 --end 10:16 -e 'sched_*'",
      "  rideau convert mytrace -o new --format ctf2"
    })
final class ConvertCommand implements Callable<Integer> {
  /// What `--format` knows.
  enum Format {
    ctf1,
    ctf2
  }

  private final Console console;

  @Mixin HelpOption help;
  @Mixin private SelectionOptions selectionOptions = new SelectionOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACE",
      description = "A trace, or a folder with traces somewhere below it.")
  private List<Path> paths = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder to write; it appears when all is written.")
  private Path output = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "ctf1 (CTF 1.8, the default) or ctf2.")
  private Format format = Format.ctf1;

  @Option(names = "--force", description = "Replace DIR if it exists.")
  private boolean force;

  @Option(
      names = "--clock-gmt",
      description = "Times of day are those of UTC and not of the local time zone.")
  private boolean clockGmt;

  ConvertCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SelectionOptions.Parsed parsed = selectionOptions.parse();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (TemporaryOutput folder = TemporaryOutput.directoryFor(output, force)) {
      try (OpenedTraces traces = Traces.open(paths, diagnostics)) {
        refuseOverlap(traces.traces());
        ZoneId zone = clockGmt ? ZoneOffset.UTC : ZoneId.systemDefault();
        Selection selection = parsed.resolve(traces.dataStreams(), zone, console);
        Conversion conversion =
            new Conversion(
                traces.traces(),
                paths,
                selection,
                switch (format) {
                  case ctf1 -> CtfFormat.CTF_1_8;
                  case ctf2 -> CtfFormat.CTF_2;
                },
                diagnostics);
        try (Progress progress = Progress.start(console, "converting")) {
          conversion.run(folder.path(), progress);
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
    Path target = real(output);
    for (Trace trace : traces) {
      Path source = real(trace.path());
      if (source.startsWith(target) || target.startsWith(source)) {
        throw new CommandFailure(
            output + ": overlaps the trace " + trace.path(), "name a folder elsewhere");
      }
    }
  }

  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.toFile().exists() ? absolute.toRealPath() : absolute;
  }
}
