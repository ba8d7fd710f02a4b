package dev.rideau.ctf.internal.metadata.tsdl;

/// A word of the metadata text.
///
/// @param text the identifier, the content of the string, the digits, or the sign itself
/// @param magnitude value of an integer, unsigned; 0 for other kinds
/// @param place where it begins
record Token(Kind kind, String text, long magnitude, TextPlace place) {

  enum Kind {
    IDENTIFIER,
    INTEGER,
    STRING,
    SIGN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.IDENTIFIER && text.equals(word);
  }

  /// How messages name the token.
  String display() {
    return switch (kind) {
      case IDENTIFIER, INTEGER, SIGN -> '`' + shortened(text) + '`';
      case STRING -> "the string \"" + shortened(text) + '"';
      case END -> "the end of the text";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
