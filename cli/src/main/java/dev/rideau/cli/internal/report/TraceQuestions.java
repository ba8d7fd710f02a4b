package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Version;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

/// Traces that are asked something: the database over them, its progress, and what is wrong with
/// them. Ctrl-C ends the question and leaves nothing behind.
public final class TraceQuestions implements AutoCloseable {
  private final DiagnosticLines diagnostics;
  private final Progress progress;
  private final TraceDatabase database;
  private final Thread hook;

  /// Opens traces.
  ///
  /// @param cache whether facts are kept beside the traces
  /// @throws dev.rideau.trace.TraceException when there is none
  public TraceQuestions(
      Console console,
      DiagnosticLines diagnostics,
      List<Path> paths,
      List<TraceReader> readers,
      boolean cache) {
    this.diagnostics = diagnostics;
    progress = Progress.start(console, "reading");
    DatabaseOptions options = DatabaseOptions.of(diagnostics).withProgress(progress::update);
    database =
        TraceDatabase.open(paths, readers, cache ? options.withCache(Version.text()) : options);
    hook = new Thread(database::cancel, "rideau-cancel");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  public TraceDatabase database() {
    return database;
  }

  /// Whether something was wrong with the traces.
  public boolean hasErrors() {
    return diagnostics.hasErrors();
  }

  /// Takes the progress line away: from now on answers are printed.
  public void beforePrinting() {
    progress.close();
  }

  @Override
  public void close() {
    progress.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException isEnding) {
      // the hook runs already
    }
    database.close();
  }
}
