package dev.rideau.tables;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.tables.internal.catalog.SqlLibrary;
import dev.rideau.tables.internal.catalog.SqlNeeds;
import dev.rideau.tables.internal.catalog.SqlWords;
import dev.rideau.tables.internal.store.SqlType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be said of SQL text without running it.
public final class Statements {
  /// Statements that write files, read other databases or load code.
  private static final Set<String> OUTSIDE =
      Set.of("copy", "export", "import", "attach", "detach", "install", "load", "checkpoint");

  private Statements() {}

  /// The statements of a text without the semicolons between them; none is blank.
  public static List<String> split(String text) {
    return SqlWords.statements(text);
  }

  /// Whether a text is one or more whole statements: outside of quotes and comments, the last ended
  /// with a semicolon.
  public static boolean isComplete(String text) {
    return SqlWords.isComplete(text);
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
