package dev.rideau.perf.internal.demangle;

/// The characters of a name of Rust's newer scheme, and the names and numbers that they spell.
final class RustReader {
  private final String text;
  private int at;

  RustReader(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  void position(int position) {
    at = position;
  }

  boolean atEnd() {
    return at == text.length();
  }

  char peek() {
    return at < text.length() ? text.charAt(at) : MangledText.END;
  }

  char next() {
    if (at >= text.length()) {
      throw new NotUnderstood();
    }
    return text.charAt(at++);
  }

  boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /// `_` is 0; digits of base 62 and `_` are their number and 1.
  long base62() {
    if (take('_')) {
      return 0;
    }
    long number = 0;
    while (!take('_')) {
      char c = next();
      int digit;
      if (MangledText.isDigit(c)) {
        digit = c - '0';
      } else if (MangledText.isLower(c)) {
        digit = 10 + c - 'a';
      } else if (MangledText.isUpper(c)) {
        digit = 36 + c - 'A';
      } else {
        throw new NotUnderstood();
      }
      number = number * 62 + digit;
    }
    return number + 1;
  }

  /// Tells things of equal names apart: nothing is 0, `s_` is 1, `s0_` is 2.
  long disambiguator() {
    return take('s') ? base62() + 1 : 0;
  }

  /// ```
  /// identifier   [u] length [_] characters
  /// ```
  ///
  /// The length is zero, or begins with another digit.
  String identifier() {
    boolean isEncoded = take('u');
    char c = next();
    if (!MangledText.isDigit(c)) {
      throw new NotUnderstood();
    }
    int length = c - '0';
    while (c != '0' && MangledText.isDigit(peek())) {
      length = length * 10 + (next() - '0');
      if (length > text.length()) {
        throw new NotUnderstood();
      }
    }
    take('_');
    if (length > text.length() - at) {
      throw new NotUnderstood();
    }
    at += length;
    String name = text.substring(at - length, at);
    return isEncoded ? Punycode.decode(name) : name;
  }

  /// Digits of base 16 up to a `_`.
  String hex() {
    int begin = at;
    while (RustNames.lowerHex(peek()) >= 0) {
      at++;
    }
    if (!take('_')) {
      throw new NotUnderstood();
    }
    return text.substring(begin, at - 1);
  }
}
