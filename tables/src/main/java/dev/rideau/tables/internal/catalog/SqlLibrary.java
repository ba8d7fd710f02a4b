package dev.rideau.tables.internal.catalog;

import dev.rideau.tables.BundledFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The views and macros that come with the program: one resource for each theme, statements with a
/// comment in front that is their page in the reference.
public final class SqlLibrary {
  /// Names of the resources, in the order of the reference page.
  public static final List<String> THEMES =
      List.of("time", "numbers", "threads", "io", "spans", "units");

  private static final SqlLibrary BUNDLED = load();

  private final Map<String, Entry> entries;

  private SqlLibrary(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /// A view or macro.
  ///
  /// @param name in small letters
  /// @param theme the resource that it stands in
  /// @param comment what the comment in front says, lines as they are
  /// @param statement that creates it
  /// @param words what it may need
  public record Entry(
      String name, String theme, String comment, String statement, Set<String> words) {

    /// What stands between its name and `AS`: parameters, or nothing.
    public String parameters() {
      int open = statement.indexOf('(');
      int as = statement.indexOf(" AS");
      if (open < 0 || open > as) {
        return "";
      }
      int depth = 0;
      for (int i = open; i < statement.length(); i++) {
        char c = statement.charAt(i);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0) {
          return statement.substring(open, i + 1);
        }
      }
      throw new IllegalStateException(name + ": parenthesis is not closed");
    }
  }

  /// The library that comes with the program.
  public static SqlLibrary bundled() {
    return BUNDLED;
  }

  /// By name, in the order of the reference page.
  public Map<String, Entry> entries() {
    return entries;
  }

  private static SqlLibrary load() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (BundledFiles files = BundledFiles.of(SqlLibrary.class)) {
      for (String theme : THEMES) {
        String text = files.text("dev/rideau/tables/library/" + theme + ".sql");
        for (String part : SqlWords.statements(text)) {
          Entry entry = entry(theme, part);
          if (entries.put(entry.name(), entry) != null) {
            throw new IllegalStateException("library: two " + entry.name());
          }
        }
      }
    }
    return new SqlLibrary(entries);
  }

  private static Entry entry(String theme, String part) {
    List<String> comment = new ArrayList<>();
    int at = 0;
    while (part.startsWith("--", at) || part.startsWith("\n", at)) {
      int end = part.indexOf('\n', at);
      String line = part.substring(at, end);
      if (line.isEmpty()) {
        comment.clear(); // what came before was of the whole theme
      } else {
        comment.add(line.substring(Math.min(line.length(), 3)));
      }
      at = end + 1;
    }
    String statement = part.substring(at);
    List<String> words = SqlWords.firstWords(statement, 4);
    if (words.size() < 3 || !words.getFirst().equals("create") || comment.isEmpty()) {
      throw new IllegalStateException(
          "library " + theme + ": not a comment and CREATE VIEW or MACRO: " + part);
    }
    return new Entry(
        words.get(2),
        theme,
        String.join("\n", comment),
        statement,
        Set.copyOf(SqlWords.of(statement)));
  }
}
