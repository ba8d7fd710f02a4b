package dev.rideau.cli.internal.shell;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.rows.RowFormat;
import dev.rideau.cli.internal.rows.RowWriter;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.Rows;
import dev.rideau.tables.Statements;
import dev.rideau.tables.TraceDatabase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Reads statements from a terminal and shows their rows.
public final class SqlShell {
  private final Console console;
  private final TraceDatabase database;
  private final Progress progress;
  private final Consumer<String> guard;
  private RowFormat format = RowFormat.table;

  /// @param guard refuses a statement by throwing a [CommandFailure]
  public SqlShell(
      Console console, TraceDatabase database, Progress progress, Consumer<String> guard) {
    this.console = console;
    this.database = database;
    this.progress = progress;
    this.guard = guard;
  }

  /// Runs until the user leaves.
  public void run() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("rideau")
              .parser(new StatementParser())
              .completer(new SqlCompleter(database))
              .variable(LineReader.HISTORY_FILE, history())
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   ... ")
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .option(LineReader.Option.CASE_INSENSITIVE, true)
              .build();
      terminal.handle(Terminal.Signal.INT, _ -> database.cancel());
      terminal.writer().println("Statements end with ';'. .help tells more, .quit leaves.");
      while (true) {
        try {
          if (!handle(reader.readLine("rideau> ").strip(), terminal)) {
            return;
          }
        } catch (UserInterruptException dropped) {
          continue;
        } catch (EndOfFileException left) {
          return;
        }
      }
    }
  }

  private static Path history() throws IOException {
    String given = System.getenv("XDG_STATE_HOME");
    Path base =
        given == null || given.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".local", "state")
            : Path.of(given);
    Path folder = base.resolve("rideau");
    try {
      Files.createDirectories(folder);
    } catch (IOException readOnly) {
      return Path.of("/dev/null"); // then there is no history, but a shell
    }
    return folder.resolve("sql_history");
  }

  // Whether to go on.
  private boolean handle(String line, Terminal terminal) throws IOException {
    if (line.isEmpty()) {
      return true;
    }
    if (line.startsWith(".")) {
      return handleDot(line, terminal);
    }
    for (String statement : Statements.split(line)) {
      try {
        guard.accept(statement);
        show(statement, terminal);
      } catch (DatabaseException | CommandFailure failure) {
        progress.pause();
        terminal.writer().println(failure.getMessage());
        terminal.flush();
        return true;
      }
    }
    return true;
  }

  private boolean handleDot(String line, Terminal terminal) throws IOException {
    String[] words = line.split("[\\s;]+");
    boolean colours = console.colours();
    String argument = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case ".quit", ".exit" -> {
        return false;
      }
      case ".tables" -> page(DotCommands.tables(colours), terminal);
      case ".macros" -> page(DotCommands.macros(colours), terminal);
      case ".schema" -> page(DotCommands.schema(argument, colours), terminal);
      case ".format" -> {
        switch (argument) {
          case "table" -> format = RowFormat.table;
          case "csv" -> format = RowFormat.csv;
          case "json" -> format = RowFormat.json;
          default -> terminal.writer().println("a format is table, csv or json");
        }
      }
      default -> terminal.writer().print(DotCommands.help());
    }
    terminal.flush();
    return true;
  }

  private void show(String statement, Terminal terminal) throws IOException {
    long began = System.nanoTime();
    try (Rows rows = database.query(statement)) {
      progress.pause();
      if (rows.columns().isEmpty()) {
        return;
      }
      Screen screen = new Screen(terminal);
      long count;
      try (BufferedWriter out = new BufferedWriter(screen, 1 << 13)) {
        count = RowWriter.of(format, console.colours()).write(rows, out);
      }
      terminal
          .writer()
          .printf(
              "%d %s, %.3f s%n",
              count, count == 1 ? "row" : "rows", (System.nanoTime() - began) / 1e9);
      terminal.flush();
    } catch (Screen.Left left) {
      terminal.flush(); // the reader has left the pager
    }
  }

  private static void page(String text, Terminal terminal) throws IOException {
    try (Screen screen = new Screen(terminal)) {
      screen.write(text);
    } catch (Screen.Left left) {
      terminal.flush();
    }
  }

  /// Takes a line for whole when a statement is: else the next line belongs to it.
  private static final class StatementParser implements Parser {
    private final DefaultParser words = new DefaultParser();

    StatementParser() {
      words.setQuoteChars(new char[0]);
      words.setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      boolean isDot = line.stripLeading().startsWith(".");
      if (context == ParseContext.ACCEPT_LINE
          && !isDot
          && !line.isBlank()
          && !Statements.isComplete(line)) {
        throw new EOFError(-1, -1, "the statement goes on", "");
      }
      return words.parse(line, cursor, context);
    }
  }
}
