package dev.rideau.ctf.internal.write;

import java.util.Locale;

/// Lines of metadata text, indented by blocks.
final class TsdlText {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /// A line as it is.
  void line(String line) {
    text.append(INDENT.repeat(depth)).append(line).append('\n');
  }

  /// A line with values in it.
  void line(String pattern, Object... values) {
    line(String.format(Locale.ROOT, pattern, values));
  }

  /// A line that begins a block; blocks of the outermost level are set apart.
  void open(String line) {
    if (depth == 0 && !text.isEmpty()) {
      text.append('\n');
    }
    line(line);
    depth++;
  }

  /// A line that ends a block.
  void close(String line) {
    depth--;
    line(line);
  }

  /// A string literal.
  static String quoted(String string) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < string.length(); i++) {
      char character = string.charAt(i);
      switch (character) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\t' -> literal.append("\\t");
        case '\r' -> literal.append("\\r");
        default -> {
          if (character < ' ' || character == 0x7f) {
            literal.append(String.format(Locale.ROOT, "\\%03o", (int) character));
          } else {
            literal.append(character);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
