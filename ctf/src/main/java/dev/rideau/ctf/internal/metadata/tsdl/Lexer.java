package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.trace.TraceException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Cuts a metadata text into tokens, one at a time.
final class Lexer {
  private static final String[] SIGNS = {
    "...", ":=", "{", "}", "[", "]", "(", ")", "<", ">", ";", ":", ",", ".", "=", "*", "+", "-"
  };

  private final String text;
  private final Reporter reporter;
  private int at;
  private int line = 1;
  private int lineStart;

  Lexer(String text, Reporter reporter) {
    this.text = text;
    this.reporter = reporter;
  }

  /// The next token; after the last one, always the end.
  Token next() {
    skipBlanks();
    TextPlace place = place();
    if (at >= text.length()) {
      return new Token(Token.Kind.END, "", 0, place);
    }
    char c = text.charAt(at);
    if (isWordStart(c)) {
      int begin = at;
      while (at < text.length() && isWordPart(text.charAt(at))) {
        at++;
      }
      if (c == 'L' && at == begin + 1 && at < text.length() && text.charAt(at) == '"') {
        return string(place, '"');
      }
      return new Token(Token.Kind.IDENTIFIER, text.substring(begin, at), 0, place);
    }
    if (isDigit(c)) {
      return integer(place);
    }
    if (c == '"' || c == '\'') {
      return string(place, c);
    }
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return new Token(Token.Kind.SIGN, sign, 0, place);
      }
    }
    throw reporter.fault(
        place,
        Rule.SYNTAX,
        "character " + display(c) + " has no meaning here",
        "Remove it, or put it into a string or a comment");
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        at++;
        line++;
        lineStart = at;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\u000b' || c == '\f') {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipBlockComment() {
    TextPlace begin = place();
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw reporter.fault(begin, Rule.SYNTAX, "comment is never closed", "Close it with `*/`");
    }
    for (int i = at; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    at = end + 2;
  }

  private Token integer(TextPlace place) {
    int begin = at;
    int base = 10;
    if (text.charAt(at) == '0' && at + 1 < text.length()) {
      char mark = text.charAt(at + 1);
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
    while (at < text.length() && Character.digit(asciiOrZero(text.charAt(at)), base) >= 0) {
      at++;
    }
    int end = at;
    while (at < text.length() && "uUlL".indexOf(text.charAt(at)) >= 0 && at - end < 3) {
      at++;
    }
    boolean glued = at < text.length() && isWordPart(text.charAt(at));
    if (end == digits || glued) {
      while (at < text.length() && isWordPart(text.charAt(at))) {
        at++;
      }
      throw reporter.fault(
          place,
          Rule.SYNTAX,
          "`" + text.substring(begin, at) + "` is not an integer",
          "Write decimal (12), hexadecimal (0x0c), octal (014) or binary (0b1100) digits");
    }
    try {
      long magnitude = Long.parseUnsignedLong(text, digits, end, base);
      return new Token(Token.Kind.INTEGER, text.substring(begin, at), magnitude, place);
    } catch (NumberFormatException tooLarge) {
      throw reporter.fault(
          place,
          Rule.SYNTAX,
          "integer `" + text.substring(begin, Math.min(at, begin + 40)) + "` exceeds 64 bits",
          "The greatest integer that metadata can hold is 18446744073709551615");
    }
  }

  private Token string(TextPlace place, char quote) {
    StringBuilder content = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
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
    while (text.startsWith("\\", at) && at + 1 < text.length()) {
      char mark = text.charAt(at + 1);
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
      while (end < text.length()
          && end - begin < (base == 16 ? 2 : 3)
          && Character.digit(asciiOrZero(text.charAt(end)), base) >= 0) {
        end++;
      }
      if (mark == 'u' || mark == 'U') {
        if (bytes.size() > 0) {
          break;
        }
        unicodeEscape(content, mark == 'u' ? 4 : 8, place);
        return;
      }
      int value = end == begin ? 0 : Integer.parseInt(text, begin, end, base);
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
    while (end < text.length()
        && end - begin < digits
        && Character.digit(asciiOrZero(text.charAt(end)), 16) >= 0) {
      end++;
    }
    int codePoint = end - begin == digits ? (int) Long.parseLong(text, begin, end, 16) : 0;
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
        "`"
            + text.substring(at, Math.min(at + 2, text.length()))
            + "` does not begin an escape sequence",
        "Known are \\a \\b \\e \\f \\n \\r \\t \\v \\\\ \\\" \\' \\?, \\xHH and \\OOO (not zero),"
            + " \\uHHHH and \\UHHHHHHHH");
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
