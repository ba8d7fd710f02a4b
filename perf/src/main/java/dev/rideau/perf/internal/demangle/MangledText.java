package dev.rideau.perf.internal.demangle;

/// The characters of a mangled name and a position in them.
final class MangledText {
  /// What stands behind the last character.
  static final char END = '\0';

  private final String text;
  private int at;

  MangledText(String text, int at) {
    this.text = text;
    this.at = at;
  }

  int position() {
    return at;
  }

  void position(int position) {
    at = position;
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : END;
  }

  char next() {
    char c = peek();
    if (c != END) {
      at++;
    }
    return c;
  }

  boolean take(char wanted) {
    if (peek() != wanted || wanted == END) {
      return false;
    }
    at++;
    return true;
  }

  boolean take(String wanted) {
    if (!text.startsWith(wanted, at)) {
      return false;
    }
    at += wanted.length();
    return true;
  }

  void expect(char wanted) {
    if (!take(wanted)) {
      throw new NotUnderstood();
    }
  }

  /// The next characters, all of them.
  String take(int length) {
    if (length > text.length() - at) {
      throw new NotUnderstood();
    }
    at += length;
    return text.substring(at - length, at);
  }

  /// The characters up to a mark that must come.
  String until(char mark) {
    int end = text.indexOf(mark, at);
    if (end < 0) {
      throw new NotUnderstood();
    }
    return take(end - at);
  }

  /// What is left.
  String rest() {
    return take(text.length() - at);
  }

  boolean atDigit() {
    return isDigit(peek());
  }

  /// `[n] digits`: a decimal number, 0 without digits; `n` makes it negative.
  int number() {
    boolean negative = take('n');
    long number = 0;
    while (atDigit()) {
      number = number * 10 + (next() - '0');
      if (number > Integer.MAX_VALUE) {
        throw new NotUnderstood();
      }
    }
    return (int) (negative ? -number : number);
  }

  /// `_` is 0, `0_` is 1 and so on.
  int compactNumber() {
    if (take('_')) {
      return 0;
    }
    int number = number();
    if (number < 0 || number == Integer.MAX_VALUE) {
      throw new NotUnderstood();
    }
    expect('_');
    return number + 1;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
