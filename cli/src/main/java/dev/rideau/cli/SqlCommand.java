package dev.rideau.cli;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DatabaseSelection;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.TemporaryOutput;
import dev.rideau.cli.internal.rows.RowFormat;
import dev.rideau.cli.internal.rows.RowWriter;
import dev.rideau.cli.internal.shell.SqlShell;
import dev.rideau.tables.Rows;
import dev.rideau.tables.Statements;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.TraceException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `rideau sql`: asks traces in SQL.
final class SqlCommand extends Command {
  private final Console console;
  private final DatabaseSelection database = new DatabaseSelection(this);
  private final Supplier<RowFormat> format =
      option(
          "--format=FORMAT",
          RowFormat.table,
          "How rows are written: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. json is one"
              + " object a line, parquet needs -o.");
  private final Supplier<@Nullable Path> output =
      option("-o, --output=FILE", Path.class, "Write to FILE; it appears when all is written.");
  private final Supplier<Boolean> force = flag("--force", "Replace FILE if it exists.");
  private final Supplier<@Nullable Path> script =
      option("-f, --file=FILE", Path.class, "Read statements from FILE.");
  private final Supplier<Boolean> outside =
      flag(
          "--allow-outside",
          "Allow statements that write files or reach other databases (COPY, EXPORT, ATTACH,"
              + " INSTALL, LOAD).");
  private final Supplier<List<String>> words =
      words("TRACE|STATEMENT", "Traces, or folders with traces; then, if wanted, a statement.");

  SqlCommand(Console console) {
    super("sql");
    this.console = console;
    describe(
        "Ask traces in SQL: tables of facts about the kernel, and event records of any class.",
        "Without a statement, a shell with history and completion; docs/sql.md tells more.");
    examples(
        "  rideau sql mytrace",
        "  rideau sql mytrace \"SELECT name, count(*) FROM syscall GROUP BY name ORDER BY 2 DESC\"",
        "  rideau sql mytrace \"SELECT * FROM events('sched_switch') LIMIT 10\" --format csv",
        "  rideau sql mytrace \"FROM io\" --format parquet -o io.parquet");
  }

  @Override
  public Integer call() throws IOException {
    List<String> given = words.get();
    if (given.isEmpty()) {
      throw wrong("Missing required parameter: TRACE");
    }
    String last = given.getLast();
    boolean hasStatement =
        given.size() > 1
            && last.chars().anyMatch(Character::isWhitespace)
            && !Path.of(last).toFile().exists();
    List<Path> paths =
        given.subList(0, given.size() - (hasStatement ? 1 : 0)).stream().map(Path::of).toList();
    Path file = script.get();
    if (hasStatement && file != null) {
      throw wrong("a statement and --file: which of them?");
    }
    if (format.get() == RowFormat.parquet && output.get() == null) {
      throw wrong("--format parquet needs --output");
    }
    String text = hasStatement ? last : file != null ? Files.readString(file) : standardInput();
    List<String> statements = text == null ? List.of() : Statements.split(text);
    statements.forEach(this::refuseOutside);
    if (output.get() != null && statements.size() != 1) {
      throw wrong("--output needs one statement");
    }
    DiagnosticLines diagnostics = new DiagnosticLines(console);
    try (Progress progress = Progress.start(console, "reading");
        TraceDatabase db =
            TraceDatabase.open(paths, Readers.ALL, database.options(diagnostics, progress))) {
      if (text == null) {
        new SqlShell(console, db, progress, this::refuseOutside).run();
      } else {
        for (String statement : statements) {
          run(db, statement, progress);
        }
      }
    } catch (TraceException failure) {
      diagnostics.report(failure.diagnostic());
    }
    diagnostics.summarise();
    return diagnostics.hasErrors() ? ExitCode.ERROR : ExitCode.OK;
  }

  private @Nullable String standardInput() throws IOException {
    if (console.stdinIsTerminal()) {
      return null;
    }
    return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private void refuseOutside(String statement) {
    String word = Statements.outsideWord(statement);
    if (word != null && !outside.get()) {
      throw new CommandFailure(
          word + " reaches beyond the database",
          "to write rows to a file use --output; to run the statement all the same say"
              + " --allow-outside");
    }
  }

  private void run(TraceDatabase db, String statement, Progress progress) throws IOException {
    Path target = output.get();
    if (target == null) {
      write(
          db,
          statement,
          progress,
          new OutputStreamWriter(console.stdout(), StandardCharsets.UTF_8));
      return;
    }
    try (TemporaryOutput temporary = TemporaryOutput.fileFor(target, force.get())) {
      if (format.get() == RowFormat.parquet) {
        db.execute(
            "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
                .formatted(statement, temporary.path().toString().replace("'", "''")));
      } else {
        try (Writer file = Files.newBufferedWriter(temporary.path())) {
          write(db, statement, progress, file);
        }
      }
      temporary.commit();
    }
  }

  private void write(TraceDatabase db, String statement, Progress progress, Writer to)
      throws IOException {
    try (Rows rows = db.query(statement)) {
      progress.pause();
      if (rows.columns().isEmpty()) {
        return;
      }
      BufferedWriter out = new BufferedWriter(to, 1 << 16);
      RowWriter.of(format.get(), console.colours() && output.get() == null).write(rows, out);
      out.flush();
    }
  }
}
