package dev.rideau.tables;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.tables.internal.catalog.SqlLibrary;
import dev.rideau.tables.internal.catalog.SqlNeeds;
import dev.rideau.tables.internal.catalog.SqlWords;
import dev.rideau.tables.internal.store.SqlType;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.OpenedTraces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What can be said of SQL text without running it.
public final class Statements {
  /// Statements that write files, read other databases or load code.
  private static final Set<String> OUTSIDE =
      Set.of("copy", "export", "import", "attach", "detach", "install", "load", "checkpoint");

  /// Words of SQL with which statements over traces go on, the most usual first.
  private static final List<String> KEYWORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "LIMIT",
          "JOIN",
          "LEFT JOIN",
          "ASOF JOIN",
          "USING",
          "ON",
          "AS",
          "WITH",
          "HAVING",
          "DISTINCT",
          "UNION ALL",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS NULL",
          "LIKE",
          "BETWEEN",
          "DESC",
          "count(*)",
          "sum",
          "min",
          "max",
          "avg",
          "quantile_cont",
          "DESCRIBE",
          "SUMMARIZE",
          "EXPLAIN");

  private Statements() {}

  /// Words of SQL with which statements over traces go on, the most usual first; for completion.
  public static List<String> keywords() {
    return KEYWORDS;
  }

  /// Names of all columns of a table, in their order.
  public static List<String> columnsOf(FactTable table) {
    List<String> columns = new ArrayList<>(List.of("host"));
    table.columns().stream().map(FactColumn::name).forEach(columns::add);
    return columns;
  }

  /// Names of the event classes that traces know, whether they have records or not.
  public static SortedSet<String> eventsOf(OpenedTraces traces) {
    SortedSet<String> names = new TreeSet<>();
    for (DataStream stream : traces.dataStreams()) {
      for (EventClass each : stream.dataStreamClass().eventClasses()) {
        names.add(each.displayName());
      }
    }
    return names;
  }

  /// The statements of a text without the semicolons between them; none is blank.
  public static List<String> split(String text) {
    return SqlWords.statements(text);
  }

  /// Whether a text is one or more whole statements: outside of quotes and comments, the last ended
  /// with a semicolon.
  public static boolean isComplete(String text) {
    return SqlWords.isComplete(text);
  }

  /// Whether words and signs stand in a text one after the other, in any case, quoted or not,
  /// outside of texts and comments.
  public static boolean has(String text, String... tokens) {
    return SqlWords.has(text, tokens);
  }

  /// The tables that the words of a text name.
  public static Collection<FactTable> tablesIn(String text) {
    return SqlNeeds.of(text).tables();
  }

  /// Names of the views and macros of the library, in the order of the reference page.
  public static Collection<String> libraryNames() {
    return SqlLibrary.bundled().entries().keySet();
  }

  /// What a view or macro of the library is, in one line.
  public static String libraryComment(String name) {
    SqlLibrary.Entry entry = SqlLibrary.bundled().entries().get(name);
    return entry == null ? "" : entry.comment().replace('\n', ' ');
  }

  /// The SQL type of a column.
  public static String typeOf(FactColumn column) {
    return SqlType.of(column.type()).name();
  }

  /// The word of a statement that makes it reach beyond the database, in capitals; null when it
  /// only reads files or changes what is gone at the end anyway.
  public static @Nullable String outsideWord(String statement) {
    List<String> words = SqlWords.firstWords(statement, 4);
    for (String word : words) {
      if (OUTSIDE.contains(word)) {
        return word.toUpperCase(Locale.ROOT);
      }
      if (!word.equals("explain") && !word.equals("analyze") && !word.equals("force")) {
        return null;
      }
    }
    return null;
  }
}
