package dev.rideau.reports.internal.period;

import org.jspecify.annotations.Nullable;

/// A condition on event records.
sealed interface Expression {

  /// Both hold.
  record And(Expression left, Expression right) implements Expression {}

  /// At least one holds.
  record Or(Expression left, Expression right) implements Expression {}

  /// It does not hold.
  record Not(Expression inner) implements Expression {}

  /// A comparison. It does not hold when a side is absent or the sides are of different kinds.
  record Comparison(Operator operator, Reference left, Operand right) implements Expression {}

  /// How two values are compared.
  enum Operator {
    EQUAL,
    MATCHES,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /// What a value may be.
  sealed interface Operand {}

  /// A number or text in the condition itself.
  record Constant(Value value) implements Operand {}

  /// Which record is meant.
  enum Subject {
    /// The record that is looked at.
    CURRENT,
    /// That with which the period began.
    BEGIN,
    /// That with which the period around it began.
    PARENT
  }

  /// The name of a record or a field of it.
  ///
  /// @param scope as in `$payload`; null for wherever the field is
  /// @param field null for the name of the record
  record Reference(Subject subject, @Nullable String scope, @Nullable String field)
      implements Operand {
    @Override
    public String toString() {
      String text =
          switch (subject) {
            case CURRENT -> "$evt.";
            case BEGIN -> "$begin.$evt.";
            case PARENT -> "$parent.$begin.$evt.";
          };
      return field == null ? text + "$name" : text + (scope == null ? "" : scope + ".") + field;
    }
  }

  /// A number or a text.
  sealed interface Value {
    record Number(java.math.BigDecimal number) implements Value {
      @Override
      public String toString() {
        return number.toPlainString();
      }
    }

    record Text(String text) implements Value {
      @Override
      public String toString() {
        return text;
      }
    }
  }
}
