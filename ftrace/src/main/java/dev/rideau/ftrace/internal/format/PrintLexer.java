package dev.rideau.ftrace.internal.format;

/// Takes a print format apart into literals, numbers, words and punctuation.
final class PrintLexer {
  private static final String[] LONG_PUNCTUATION = {
    "->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||"
  };

  private final String text;
  private int at;

  PrintLexer(String text) {
    this.text = text;
    skipSpace();
  }

  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /// Whether exactly this punctuation comes next, and not a longer one that starts with it.
  boolean is(String punctuation) {
    if (!text.startsWith(punctuation, at)) {
      return false;
    }
    if (punctuation.length() == 1) {
      for (String longer : LONG_PUNCTUATION) {
        if (text.startsWith(longer, at)) {
          return false;
        }
      }
    }
    return true;
  }

  boolean accept(String punctuation) {
    if (!is(punctuation)) {
      return false;
    }
    at += punctuation.length();
    skipSpace();
    return true;
  }

  void expect(String punctuation) throws PrintSyntaxException {
    if (!accept(punctuation)) {
      throw new PrintSyntaxException("expected " + punctuation);
    }
  }

  boolean isLiteral() {
    return current() == '"';
  }

  boolean isNumber() {
    return current() >= '0' && current() <= '9' || current() == '\'';
  }

  boolean isWord() {
    char c = current();
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  String takeWord() throws PrintSyntaxException {
    if (!isWord()) {
      throw new PrintSyntaxException("expected a name");
    }
    int start = at;
    while (isWord() || current() >= '0' && current() <= '9') {
      at++;
    }
    String word = text.substring(start, at);
    skipSpace();
    return word;
  }

  long takeNumber() throws PrintSyntaxException {
    if (current() == '\'') {
      if (at + 2 >= text.length() || text.charAt(at + 2) != '\'') {
        throw new PrintSyntaxException("a character");
      }
      long value = text.charAt(at + 1);
      at += 3;
      skipSpace();
      return value;
    }
    int start = at;
    while (isWord() || current() >= '0' && current() <= '9') {
      at++;
    }
    String digits = text.substring(start, at).replaceAll("[uUlL]+$", "");
    skipSpace();
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseUnsignedLong(digits.substring(2), 16);
      }
      boolean octal = digits.length() > 1 && digits.startsWith("0");
      return Long.parseUnsignedLong(digits, octal ? 8 : 10);
    } catch (NumberFormatException unknown) {
      throw new PrintSyntaxException("a number");
    }
  }

  String takeLiteral() throws PrintSyntaxException {
    if (!isLiteral()) {
      throw new PrintSyntaxException("expected a literal");
    }
    StringBuilder value = new StringBuilder();
    at++;
    while (current() != '"') {
      char c = current();
      if (c == 0) {
        throw new PrintSyntaxException("a literal without end");
      }
      at++;
      if (c == '\\') {
        c = escaped(current());
        at++;
      }
      value.append(c);
    }
    at++;
    skipSpace();
    return value.toString();
  }

  private static char escaped(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> letter;
    };
  }

  private char current() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
