package dev.rideau.tables.internal.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words of SQL text: identifiers and keywords, without comments, texts and numbers. Just
/// enough to see what a statement may name.
public final class SqlWords {
  private final String text;
  private int at;

  /// Where the last word or sign began.
  private int begin;

  private SqlWords(String text) {
    this.text = text;
  }

  /// All words of a text in small letters; quoted ones too, and texts that are the first argument
  /// of a call: `clip('thread_state', …)` names a table.
  public static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    SqlWords scan = new SqlWords(text);
    String before = "";
    String last = "";
    while (true) {
      String token = scan.next();
      if (token.isEmpty()) {
        return words;
      }
      if (isName(token)) {
        words.add(token.toLowerCase(Locale.ROOT));
      } else if (token.equals("'")
          && last.equals("(")
          && isName(before)
          && !before.equalsIgnoreCase("in")) {
        words.add(text.substring(scan.begin, scan.at).replace("'", "").toLowerCase(Locale.ROOT));
      }
      before = last;
      last = token;
    }
  }

  private static boolean isName(String token) {
    return !token.isEmpty() && isWordPart(token.charAt(0)) && !Character.isDigit(token.charAt(0));
  }

  /// The statements of a text, without the semicolons between them; none is blank.
  public static List<String> statements(String text) {
    List<String> statements = new ArrayList<>();
    SqlWords scan = new SqlWords(text);
    int from = 0;
    boolean any = false;
    while (true) {
      String token = scan.next();
      if (token.isEmpty() || token.equals(";")) {
        if (any) {
          statements.add(
              text.substring(from, token.isEmpty() ? text.length() : scan.begin).strip());
        }
        if (token.isEmpty()) {
          return statements;
        }
        from = scan.at;
        any = false;
      } else {
        any = true;
      }
    }
  }

  /// The first words of a statement in small letters, at most `most`; stops at anything else.
  public static List<String> firstWords(String statement, int most) {
    List<String> words = new ArrayList<>();
    SqlWords scan = new SqlWords(statement);
    while (words.size() < most) {
      String token = scan.next();
      if (token.isEmpty() || !isWordPart(token.charAt(0))) {
        break;
      }
      words.add(token.toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /// Whether these tokens stand in a text one after the other, in any case; none of them twice.
  public static boolean has(String text, String... tokens) {
    SqlWords scan = new SqlWords(text);
    int found = 0;
    while (found < tokens.length) {
      String token = scan.next();
      if (token.isEmpty()) {
        return false;
      }
      boolean isNext = token.equalsIgnoreCase(tokens[found]);
      found = isNext ? found + 1 : token.equalsIgnoreCase(tokens[0]) ? 1 : 0;
    }
    return true;
  }

  /// Whether the text ends outside of quotes, comments and parentheses, behind a semicolon.
  public static boolean isComplete(String text) {
    SqlWords scan = new SqlWords(text);
    boolean ended = false;
    while (true) {
      String token = scan.next();
      if (token.isEmpty()) {
        return ended && !scan.unfinished;
      }
      ended = token.equals(";");
    }
  }

  private boolean unfinished;

  // The next word, quoted word (without quotes) or sign; empty at the end. Texts are the sign `'`.
  private String next() {
    while (at < text.length()) {
      char c = text.charAt(at);
      begin = at;
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '-' && peek(1) == '-') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == '/' && peek(1) == '*') {
        skipComment();
      } else if (c == '\'') {
        skipQuoted('\'');
        return "'";
      } else if (c == '"') {
        skipQuoted('"');
        int end = unfinished ? at : at - 1;
        String word = text.substring(Math.min(begin + 1, end), end);
        return word.isEmpty() ? "\"" : word;
      } else if (c == '$' && skipDollarText()) {
        return "'";
      } else if (isWordPart(c)) {
        while (at < text.length() && isWordPart(text.charAt(at))) {
          at++;
        }
        return text.substring(begin, at);
      } else {
        at++;
        return String.valueOf(c);
      }
    }
    return "";
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  // Comments nest.
  private void skipComment() {
    int depth = 0;
    while (at < text.length()) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        at += 2;
        if (--depth == 0) {
          return;
        }
      } else {
        at++;
      }
    }
    unfinished = true;
  }

  private void skipQuoted(char quote) {
    at++;
    while (at < text.length()) {
      if (text.charAt(at++) == quote) {
        if (at < text.length() && text.charAt(at) == quote) {
          at++;
        } else {
          return;
        }
      }
    }
    unfinished = true;
  }

  // $$text$$ and $tag$text$tag$, but not $1.
  private boolean skipDollarText() {
    int end = at + 1;
    while (end < text.length() && isWordPart(text.charAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    if (end >= text.length()
        || text.charAt(end) != '$'
        || (end > at + 1 && Character.isDigit(text.charAt(at + 1)))) {
      return false;
    }
    String tag = text.substring(at, end + 1);
    int close = text.indexOf(tag, end + 1);
    if (close < 0) {
      at = text.length();
      unfinished = true;
    } else {
      at = close + tag.length();
    }
    return true;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
