package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.FormatField;
import java.util.List;

/// An argument of a print format: a C expression over the fields of a record.
public sealed interface Expression {

  /// A constant.
  record Number(long value) implements Expression {}

  /// A literal between quotes.
  record Text(String value) implements Expression {}

  /// The name of something in the kernel whose value is not known; counts as 0.
  record Name(String name) implements Expression {}

  /// `REC->name`: an integer, or where the bytes of anything else start.
  record Field(FormatField field) implements Expression {}

  /// `__get_str(name)` and its relatives: what a located field points to.
  record Located(FormatField field) implements Expression {}

  /// `__get_dynamic_array_len(name)`: bytes of what a located field points to.
  record LocatedLength(FormatField field) implements Expression {}

  /// `__get_bitmask(name)`, `__get_cpumask(name)`.
  record BitMask(FormatField field) implements Expression {}

  /// `array[index]`.
  record Element(Expression array, Expression index) implements Expression {}

  /// An operator before its operand.
  record Unary(Operator operator, Expression operand) implements Expression {}

  /// An operator between its operands.
  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  /// `condition ? yes : no`.
  record Conditional(Expression condition, Expression yes, Expression no) implements Expression {}

  /// A conversion to an integer type.
  record Cast(int bytes, boolean signed, Expression operand) implements Expression {
    /// The low `bytes` of a value.
    static long cut(long value, int bytes, boolean signed) {
      if (bytes >= 8) {
        return value;
      }
      int shift = 64 - bytes * 8;
      return signed ? value << shift >> shift : value << shift >>> shift;
    }
  }

  /// `__print_symbolic(value, {1, "ONE"}, ...)`.
  record Symbolic(Expression value, List<Entry> entries) implements Expression {}

  /// `__print_flags(value, "|", {1, "ONE"}, ...)`.
  record Flags(Expression value, String delimiter, List<Entry> entries) implements Expression {}

  /// `__print_hex(bytes, length)`, `__print_hex_str(bytes, length)`.
  record Hex(Expression bytes, Expression length, boolean separated) implements Expression {}

  /// `__print_array(elements, count, elementBytes)`.
  record Numbers(Expression elements, Expression count, Expression elementBytes)
      implements Expression {}

  /// A value and its name.
  record Entry(long value, String label) {}

  /// What C calls operators, with how tightly they bind.
  enum Operator {
    OR("||", 1),
    AND("&&", 2),
    BIT_OR("|", 3),
    BIT_XOR("^", 4),
    BIT_AND("&", 5),
    EQUAL("==", 6),
    NOT_EQUAL("!=", 6),
    LESS("<", 7),
    GREATER(">", 7),
    LESS_OR_EQUAL("<=", 7),
    GREATER_OR_EQUAL(">=", 7),
    SHIFT_LEFT("<<", 8),
    SHIFT_RIGHT(">>", 8),
    PLUS("+", 9),
    MINUS("-", 9),
    TIMES("*", 10),
    DIVIDE("/", 10),
    REMAINDER("%", 10),
    NOT("!", 11),
    COMPLEMENT("~", 11),

    // Of unsigned 64-bit numbers; written as the others, so the parser does not look for them.
    LESS_UNSIGNED("<", 12),
    GREATER_UNSIGNED(">", 12),
    LESS_OR_EQUAL_UNSIGNED("<=", 12),
    GREATER_OR_EQUAL_UNSIGNED(">=", 12);

    final String text;
    final int tightness;

    Operator(String text, int tightness) {
      this.text = text;
      this.tightness = tightness;
    }

    /// The operator for unsigned operands.
    Operator unsigned() {
      return switch (this) {
        case LESS -> LESS_UNSIGNED;
        case GREATER -> GREATER_UNSIGNED;
        case LESS_OR_EQUAL -> LESS_OR_EQUAL_UNSIGNED;
        case GREATER_OR_EQUAL -> GREATER_OR_EQUAL_UNSIGNED;
        default -> this;
      };
    }
  }
}
