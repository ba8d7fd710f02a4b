package dev.rideau.trace.filter;

/// An expression cannot be understood: what is wrong, and where.
public final class FilterSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expression;
  private final int position;

  FilterSyntaxException(String expression, int position, String message) {
    super(message);
    this.expression = expression;
    this.position = position;
  }

  /// Index in the expression of the character at fault.
  public int position() {
    return position;
  }

  /// The message, the expression, and a caret below the place.
  public String report() {
    return getMessage()
        + "\n  "
        + expression.replace('\n', ' ').replace('\t', ' ')
        + "\n  "
        + " ".repeat(position)
        + "^";
  }
}
