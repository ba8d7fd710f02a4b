package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.Statements;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /// Names that pass by the functions that look at sizes ([ValueWall]), token by token.
  private static final String[][] WAYS_AROUND = {
    {"system", "."}, {"query", "("}, {"json_execute_serialized_sql", "("},
  };

  /// Sizes in types, such as `INTEGER[1000]`; what is smaller is an index as well.
  private static final Pattern ARRAY_SIZE = Pattern.compile("\\[\\s*([1-9]\\d{2,})\\s*\\]");

  private static final int MOST_ELEMENTS = 1_000_000;

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
    for (String[] way : WAYS_AROUND) {
      if (Statements.has(sql, way)) {
        throw new HttpFailure(
            403,
            String.join("", way) + " is not possible here: its values could have any size",
            "use 'rideau sql'");
      }
    }
    checkArrays(sql);
    return new Statement(sql);
  }

  // Arrays of arrays have the product of their sizes, thousands of times.
  private static void checkArrays(String sql) {
    double elements = 1;
    Matcher sizes = ARRAY_SIZE.matcher(sql);
    while (sizes.find()) {
      elements *= Double.parseDouble(sizes.group(1));
    }
    if (elements > MOST_ELEMENTS) {
      throw new HttpFailure(
          403, "arrays may have " + MOST_ELEMENTS + " elements together here", "use 'rideau sql'");
    }
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
