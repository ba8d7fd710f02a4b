package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.Statements;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A statement that a client sent: one, and one that only reads.
///
/// This is the first of three walls; the transaction in which it runs is read-only, and files,
/// other databases, extensions and settings are out of the database's reach for good.
public record Statement(String sql) {
  private static final int LONGEST = 100_000;

  private static final Set<String> READING =
      Set.of(
          "select",
          "with",
          "from",
          "values",
          "table",
          "describe",
          "desc",
          "show",
          "summarize",
          "explain",
          "pivot",
          "unpivot");

  /// Words that begin statements which do more than read.
  private static final Set<String> MORE =
      Set.of(
          "alter",
          "analyze",
          "begin",
          "call",
          "comment",
          "commit",
          "create",
          "deallocate",
          "delete",
          "drop",
          "execute",
          "insert",
          "merge",
          "pragma",
          "prepare",
          "replace",
          "reset",
          "rollback",
          "set",
          "start",
          "truncate",
          "update",
          "use",
          "vacuum");

  /// Looks at what a client sent.
  ///
  /// @throws HttpFailure 400 or 403 when it is not to run
  public static Statement of(String text) {
    if (text.length() > LONGEST) {
      throw HttpFailure.bad("the statement is longer than " + LONGEST + " characters");
    }
    List<String> statements = Statements.split(text);
    if (statements.size() != 1) {
      throw HttpFailure.bad(
          statements.isEmpty() ? "there is no statement" : "only one statement at a time");
    }
    String sql = statements.getFirst();
    String first = firstWord(sql);
    String outside = Statements.outsideWord(sql);
    if (outside != null || MORE.contains(first)) {
      String word = outside != null ? outside : first.toUpperCase(Locale.ROOT);
      throw new HttpFailure(
          403, word + " is not possible here: statements can only read", "use 'rideau sql'");
    }
    if (!READING.contains(first) && !first.isEmpty()) {
      throw new HttpFailure(
          400,
          "no statement begins with '" + first + "'",
          "those that read begin with SELECT, FROM, WITH, DESCRIBE, SHOW or SUMMARIZE");
    }
    return new Statement(sql);
  }

  /// The word that it begins with, in small letters.
  String firstWord() {
    return firstWord(sql);
  }

  // Behind comments and parentheses.
  private static String firstWord(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c) || c == '(') {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else {
        break;
      }
    }
    int end = at;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(at, end).toLowerCase(Locale.ROOT);
  }
}
