package dev.rideau.cli.internal.shell;

import dev.rideau.kernel.FactTable;
import dev.rideau.tables.Statements;
import dev.rideau.tables.TraceDatabase;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes tables, the columns of tables that the statement names, macros, keywords, and names of
/// events inside of `events('`.
final class SqlCompleter implements Completer {
  private final TraceDatabase database;

  SqlCompleter(TraceDatabase database) {
    this.database = database;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor());
    if (before.startsWith(".")) {
      completeDot(before, candidates);
      return;
    }
    String word = line.word().substring(0, line.wordCursor());
    if (word.toLowerCase(Locale.ROOT).startsWith("events('")) {
      Statements.eventsOf(database.traces())
          .forEach(name -> add(candidates, "events('" + name + "')", name));
      return;
    }
    int open =
        Math.max(word.lastIndexOf('('), Math.max(word.lastIndexOf(','), word.lastIndexOf('.')));
    String fixed = word.substring(0, open + 1);
    for (FactTable table : TraceDatabase.tables()) {
      add(candidates, fixed + table.name(), table.name());
    }
    for (FactTable table : Statements.tablesIn(line.line())) {
      for (String column : Statements.columnsOf(table)) {
        add(candidates, fixed + column, column);
      }
    }
    for (String name : Statements.libraryNames()) {
      add(candidates, fixed + name, name);
    }
    add(candidates, fixed + "events('", "events('");
    for (String keyword : Statements.keywords()) {
      add(candidates, fixed + keyword, keyword);
    }
  }

  private static void completeDot(String before, List<Candidate> candidates) {
    if (before.contains(" ")) {
      if (before.startsWith(".schema")) {
        TraceDatabase.tables().forEach(table -> add(candidates, table.name(), table.name()));
      } else if (before.startsWith(".format")) {
        List.of("table", "csv", "json").forEach(name -> add(candidates, name, name));
      }
      return;
    }
    DotCommands.NAMES.forEach(name -> add(candidates, name, name));
  }

  private static void add(List<Candidate> candidates, String value, String shown) {
    candidates.add(new Candidate(value, shown, null, null, null, null, false));
  }
}
