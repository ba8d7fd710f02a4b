package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DatabaseSelection;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.TemporaryOutput;
import dev.rideau.kernel.FactTable;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// `rideau export`: the tables of traces as files for other programs.
final class ExportCommand extends Command {
  private final Console console;
  private final DatabaseSelection database = new DatabaseSelection(this);
  private final Supplier<Path> output =
      required(
          "-o, --output=DIR", Path.class, "The folder to write; it appears when all is written.");
  private final Supplier<Boolean> force = flag("--force", "Replace DIR if it exists.");
  private final Supplier<List<String>> tables =
      splitTexts("--tables=NAME", "Only these tables, with commas between; default: all.");
  private final Supplier<List<Path>> paths = traces();

  ExportCommand(Console console) {
    super("export");
    this.console = console;
    describe(
        "Write the tables of traces as Parquet files (zstd), one for each table.",
        "DuckDB, Spark, Polars and pandas read them; docs/tables.md describes them.");
    examples(
        "  rideau export mytrace -o tables",
        "  rideau export mytrace -o tables --tables thread,syscall,io");
  }

  @Override
  public Integer call() throws IOException {
    List<FactTable> wanted = wanted();
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (TemporaryOutput folder = TemporaryOutput.directoryFor(output.get(), force.get());
        Progress progress = Progress.start(console, "reading");
        TraceDatabase db =
            TraceDatabase.open(paths.get(), Readers.ALL, database.options(diagnostics, progress))) {
      db.prepare(wanted);
      progress.pause();
      write(db, "host", folder.path());
      for (FactTable table : wanted) {
        write(db, table.name(), folder.path());
      }
      folder.commit();
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private List<FactTable> wanted() {
    if (tables.get().isEmpty()) {
      return TraceDatabase.tables();
    }
    List<FactTable> wanted = new ArrayList<>();
    for (String name : tables.get()) {
      wanted.add(
          TraceDatabase.tables().stream()
              .filter(table -> table.name().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new CommandFailure(
                      "there is no table '" + name + "'", "docs/tables.md lists them")));
    }
    return wanted;
  }

  private static void write(TraceDatabase db, String table, Path folder) {
    db.execute(
        "COPY \"%s\" TO '%s' (FORMAT parquet, COMPRESSION zstd)"
            .formatted(table, folder.resolve(table + ".parquet").toString().replace("'", "''")));
  }
}
