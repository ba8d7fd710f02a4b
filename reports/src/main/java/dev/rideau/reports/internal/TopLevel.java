package dev.rideau.reports.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words and commas of a statement that stand in no brackets, text, quoted name or comment.
final class TopLevel {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();

  /// @param text in upper case
  record Token(String text, int from, int to) {}

  private TopLevel(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    TopLevel scan = new TopLevel(sql);
    scan.scan();
    return scan.tokens;
  }

  private void scan() {
    int depth = 0;
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = at + 1;
      if (c == '\'' || c == '"') {
        end = behind(at + 1, String.valueOf(c));
      } else if (sql.startsWith("--", at)) {
        end = behind(at, "\n");
      } else if (sql.startsWith("/*", at)) {
        end = behind(at + 2, "*/");
      } else if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (Character.isJavaIdentifierStart(c)) {
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
          end++;
        }
        add(depth, at, end);
      } else if (c == ',') {
        add(depth, at, end);
      }
      at = end;
    }
  }

  private void add(int depth, int from, int to) {
    if (depth == 0) {
      tokens.add(new Token(sql.substring(from, to).toUpperCase(Locale.ROOT), from, to));
    }
  }

  private int behind(int from, String end) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }
}
