package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.trace.TraceException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a metadata text into tokens, one at a time.
final class Lexer {
  // An array and not a string: metadata is read while the program starts, before anything is
  // compiled, and then `String.charAt` is slow.
  private final char[] chars;
  private final Reporter reporter;
  private int at;
  private int line = 1;
  private int lineStart;

  Lexer(String text, Reporter reporter) {
    this.chars = text.toCharArray();
    this.reporter = reporter;
  }

  /// The next token; after the last one, always the end.
  Token next() {
    skipBlanks();
    TextPlace place = place();
    if (at >= chars.length) {
      return new Token(Token.Kind.END, "", 0, place);
    }
    char c = chars[at];
    if (isWordStart(c)) {
      int begin = at;
      while (at < chars.length && isWordPart(chars[at])) {
        at++;
      }
      if (c == 'L' && at == begin + 1 && at < chars.length && chars[at] == '"') {
        return string(place, '"');
      }
      return new Token(Token.Kind.IDENTIFIER, text(begin, at), 0, place);
    }
    if (isDigit(c)) {
      return integer(place);
    }
    if (c == '"' || c == '\'') {
      return string(place, c);
    }
    String sign = sign(c);
    if (sign != null) {
      at += sign.length();
      return new Token(Token.Kind.SIGN, sign, 0, place);
    }
    throw reporter.fault(
        place,
        Rule.SYNTAX,
        "character " + display(c) + " has no meaning here",
        "Remove it, or put it into a string or a comment");
  }

  /// How many characters have been read.
  int offset() {
    return at;
  }

  /// Passes over what comes next if it equals an earlier part of the text, which is in one line.
  boolean skipRepetition(int begin, int end) {
    int next = at + end - begin;
    if (next > chars.length || !Arrays.equals(chars, at, next, chars, begin, end)) {
      return false;
    }
    at = next;
    return true;
  }

  private @Nullable String sign(char c) {
    return switch (c) {
      case '{' -> "{";
      case '}' -> "}";
      case '[' -> "[";
      case ']' -> "]";
      case '(' -> "(";
      case ')' -> ")";
      case '<' -> "<";
      case '>' -> ">";
      case ';' -> ";";
      case ',' -> ",";
      case '=' -> "=";
      case '*' -> "*";
      case '+' -> "+";
      case '-' -> "-";
      case ':' -> follows(":=") ? ":=" : ":";
      case '.' -> follows("...") ? "..." : ".";
      default -> null;
    };
  }

  private void skipBlanks() {
    while (at < chars.length) {
      char c = chars[at];
      if (c == '\n') {
        at++;
        line++;
        lineStart = at;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\u000b' || c == '\f') {
        at++;
      } else if (c != '/') {
        return;
      } else if (follows("//")) {
        while (at < chars.length && chars[at] != '\n') {
          at++;
        }
      } else if (follows("/*")) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipBlockComment() {
    TextPlace begin = place();
    at += 2;
    while (at < chars.length) {
      if (follows("*/")) {
        at += 2;
        return;
      }
      if (chars[at++] == '\n') {
        line++;
        lineStart = at;
      }
    }
    throw reporter.fault(begin, Rule.SYNTAX, "comment is never closed", "Close it with `*/`");
  }

  private Token integer(TextPlace place) {
    int begin = at;
    int base = 10;
    if (chars[at] == '0' && at + 1 < chars.length) {
      char mark = chars[at + 1];
      if (mark == 'x' || mark == 'X') {
        base = 16;
      } else if (mark == 'b' || mark == 'B') {
        base = 2;
      } else if (isDigit(mark)) {
        base = 8;
      }
    }
    at += base == 16 || base == 2 ? 2 : 0;
    int digits = at;
    while (at < chars.length && Character.digit(asciiOrZero(chars[at]), base) >= 0) {
      at++;
    }
    int end = at;
    while (at < chars.length && "uUlL".indexOf(chars[at]) >= 0 && at - end < 3) {
      at++;
    }
    boolean glued = at < chars.length && isWordPart(chars[at]);
    if (end == digits || glued) {
      while (at < chars.length && isWordPart(chars[at])) {
        at++;
      }
      throw reporter.fault(
          place,
          Rule.SYNTAX,
          "`" + text(begin, at) + "` is not an integer",
          "Write decimal (12), hexadecimal (0x0c), octal (014) or binary (0b1100) digits");
    }
    try {
      long magnitude = Long.parseUnsignedLong(text(digits, end), base);
      return new Token(Token.Kind.INTEGER, text(begin, at), magnitude, place);
    } catch (NumberFormatException tooLarge) {
      throw reporter.fault(
          place,
          Rule.SYNTAX,
          "integer `" + text(begin, Math.min(at, begin + 40)) + "` exceeds 64 bits",
          "The greatest integer that metadata can hold is 18446744073709551615");
    }
  }

  private Token string(TextPlace place, char quote) {
    StringBuilder content = new StringBuilder();
    at++;
    while (at < chars.length) {
      char c = chars[at];
      if (c == quote) {
        at++;
        return new Token(Token.Kind.STRING, content.toString(), 0, place);
      }
      if (c == '\\') {
        escape(content);
        continue;
      }
      if (c < 0x20 && !Character.isWhitespace(c) || c == 0x7f) {
        throw reporter.fault(
            place(),
            Rule.SYNTAX,
            "control character " + display(c) + " in a string",
            "Write it as an escape sequence, for instance \\x1b");
      }
      at++;
      if (c == '\n') {
        line++;
        lineStart = at;
      }
      content.append(c);
    }
    throw reporter.fault(place, Rule.SYNTAX, "string is never closed", "Close it with " + quote);
  }

  /// Appends what the escape sequences from here on stand for. Consecutive `\x` and octal escapes
  /// are the bytes of UTF-8 text.
  private void escape(StringBuilder content) {
    TextPlace place = place();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    while (follows("\\") && at + 1 < chars.length) {
      char mark = chars[at + 1];
      int simple = "abfnrtve\\\"'?".indexOf(mark);
      if (simple >= 0) {
        if (bytes.size() > 0) {
          break;
        }
        at += 2;
        content.append("\u0007\b\f\n\r\t\u000b\u001b\\\"'?".charAt(simple));
        return;
      }
      int base = mark == 'x' ? 16 : 8;
      int begin = mark == 'x' ? at + 2 : at + 1;
      int end = begin;
      while (end < chars.length
          && end - begin < (base == 16 ? 2 : 3)
          && Character.digit(asciiOrZero(chars[end]), base) >= 0) {
        end++;
      }
      if (mark == 'u' || mark == 'U') {
        if (bytes.size() > 0) {
          break;
        }
        unicodeEscape(content, mark == 'u' ? 4 : 8, place);
        return;
      }
      int value = end == begin ? 0 : Integer.parseInt(text(begin, end), base);
      if (value == 0 || value > 0xff) {
        throw badEscape(place());
      }
      bytes.write(value);
      at = end;
    }
    if (bytes.size() == 0) {
      throw badEscape(place);
    }
    content.append(bytes.toString(StandardCharsets.UTF_8));
  }

  private void unicodeEscape(StringBuilder content, int digits, TextPlace place) {
    int begin = at + 2;
    int end = begin;
    while (end < chars.length
        && end - begin < digits
        && Character.digit(asciiOrZero(chars[end]), 16) >= 0) {
      end++;
    }
    int codePoint = end - begin == digits ? (int) Long.parseLong(text(begin, end), 16) : 0;
    if (codePoint <= 0
        || codePoint > Character.MAX_CODE_POINT
        || Character.getType(codePoint) == Character.SURROGATE) {
      throw badEscape(place);
    }
    content.appendCodePoint(codePoint);
    at = end;
  }

  private TraceException badEscape(TextPlace place) {
    return reporter.fault(
        place,
        Rule.SYNTAX,
        "`" + text(at, Math.min(at + 2, chars.length)) + "` does not begin an escape sequence",
        "Known are \\a \\b \\e \\f \\n \\r \\t \\v \\\\ \\\" \\' \\?, \\xHH and \\OOO (not zero),"
            + " \\uHHHH and \\UHHHHHHHH");
  }

  private String text(int begin, int end) {
    return new String(chars, begin, end - begin);
  }

  /// Whether `word` stands at the current position.
  private boolean follows(String word) {
    if (chars.length - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (chars[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private TextPlace place() {
    return new TextPlace(line, at - lineStart + 1);
  }

  private static boolean isWordStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// `Character.digit` knows the digits of all scripts; metadata only those of ASCII.
  private static char asciiOrZero(char c) {
    return c < 0x80 ? c : '\0';
  }

  private static String display(char c) {
    return c > 0x20 && c < 0x7f ? "`" + c + "`" : String.format("U+%04X", (int) c);
  }
}
