package dev.rideau.tracer.internal.filter;

/// A condition on the fields of an event.
public sealed interface Condition {
  /// Both hold.
  record And(Condition left, Condition right) implements Condition {}

  /// One of them holds, or both.
  record Or(Condition left, Condition right) implements Condition {}

  /// It does not hold.
  record Not(Condition inner) implements Condition {}

  /// A field compared with a value.
  ///
  /// @param path names of fields, joined by dots
  /// @param value a BigDecimal, a String or a Boolean
  record Compare(String path, Operator operator, Object value) implements Condition {}

  /// How two values are compared.
  enum Operator {
    /// `==`
    EQUAL,
    /// `!=`
    NOT_EQUAL,
    /// `<`
    LESS,
    /// `<=`
    LESS_OR_EQUAL,
    /// `>`
    GREATER,
    /// `>=`
    GREATER_OR_EQUAL;

    /// Whether it holds of values whose comparison gave this.
    boolean holds(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case NOT_EQUAL -> comparison != 0;
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }

    /// Whether it holds of two numbers as in Java: of NaN only `!=` does, and -0.0 is 0.
    boolean holds(double left, double right) {
      return switch (this) {
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
      };
    }
  }
}
