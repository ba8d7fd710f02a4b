package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.internal.format.Expression.Operator;
import org.jspecify.annotations.Nullable;

/// Arithmetic of expressions.
final class Constants {
  private Constants() {}

  /// The value of an expression without fields, or null when it is none or holds the name of a C
  /// enumerator, whose value a format does not tell.
  static @Nullable Long known(Expression expression) {
    try {
      return value(expression);
    } catch (PrintSyntaxException _) {
      return null;
    }
  }

  private static long value(Expression expression) throws PrintSyntaxException {
    return switch (expression) {
      case Expression.Number(long value) -> value;
      case Expression.Unary(Operator operator, Expression operand) ->
          unary(operator, value(operand));
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          binary(operator, value(left), value(right));
      case Expression.Conditional(Expression condition, Expression yes, Expression no) ->
          value(condition) != 0 ? value(yes) : value(no);
      case Expression.Cast(int bytes, boolean signed, Expression operand) ->
          Expression.Cast.cut(value(operand), bytes, signed);
      case Expression.Text _,
          Expression.Name _,
          Expression.Field _,
          Expression.Located _,
          Expression.LocatedLength _,
          Expression.BitMask _,
          Expression.Element _,
          Expression.Symbolic _,
          Expression.Flags _,
          Expression.Hex _,
          Expression.Numbers _ ->
          throw new PrintSyntaxException("no constant");
    };
  }

  /// The same expression with every part that is constant replaced by its value: flag tables have
  /// masks of a dozen terms.
  static Expression folded(Expression expression) {
    Long value = known(expression);
    if (value != null) {
      return new Expression.Number(value);
    }
    return switch (expression) {
      case Expression.Unary(Operator operator, Expression operand) ->
          new Expression.Unary(operator, folded(operand));
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          new Expression.Binary(operator, folded(left), folded(right));
      case Expression.Conditional(Expression condition, Expression yes, Expression no) ->
          new Expression.Conditional(folded(condition), folded(yes), folded(no));
      case Expression.Cast(int bytes, boolean signed, Expression operand) ->
          new Expression.Cast(bytes, signed, folded(operand));
      case Expression.Symbolic(Expression of, var entries) ->
          new Expression.Symbolic(folded(of), entries);
      case Expression.Flags(Expression of, String delimiter, var entries) ->
          new Expression.Flags(folded(of), delimiter, entries);
      case Expression.Element(Expression array, Expression index) ->
          new Expression.Element(array, folded(index));
      case Expression.Number _,
          Expression.Text _,
          Expression.Name _,
          Expression.Field _,
          Expression.Located _,
          Expression.LocatedLength _,
          Expression.BitMask _,
          Expression.Hex _,
          Expression.Numbers _ ->
          expression;
    };
  }

  static long unary(Operator operator, long value) {
    return switch (operator) {
      case MINUS -> -value;
      case NOT -> value == 0 ? 1 : 0;
      case COMPLEMENT -> ~value;
      case OR,
          AND,
          BIT_OR,
          BIT_XOR,
          BIT_AND,
          EQUAL,
          NOT_EQUAL,
          LESS,
          GREATER,
          LESS_OR_EQUAL,
          GREATER_OR_EQUAL,
          SHIFT_LEFT,
          SHIFT_RIGHT,
          PLUS,
          TIMES,
          DIVIDE,
          REMAINDER,
          LESS_UNSIGNED,
          GREATER_UNSIGNED,
          LESS_OR_EQUAL_UNSIGNED,
          GREATER_OR_EQUAL_UNSIGNED ->
          value;
    };
  }

  static long binary(Operator operator, long left, long right) {
    return switch (operator) {
      case OR -> left != 0 || right != 0 ? 1 : 0;
      case AND -> left != 0 && right != 0 ? 1 : 0;
      case BIT_OR -> left | right;
      case BIT_XOR -> left ^ right;
      case BIT_AND -> left & right;
      case EQUAL -> left == right ? 1 : 0;
      case NOT_EQUAL -> left != right ? 1 : 0;
      case LESS -> left < right ? 1 : 0;
      case GREATER -> left > right ? 1 : 0;
      case LESS_OR_EQUAL -> left <= right ? 1 : 0;
      case GREATER_OR_EQUAL -> left >= right ? 1 : 0;
      case LESS_UNSIGNED -> Long.compareUnsigned(left, right) < 0 ? 1 : 0;
      case GREATER_UNSIGNED -> Long.compareUnsigned(left, right) > 0 ? 1 : 0;
      case LESS_OR_EQUAL_UNSIGNED -> Long.compareUnsigned(left, right) <= 0 ? 1 : 0;
      case GREATER_OR_EQUAL_UNSIGNED -> Long.compareUnsigned(left, right) >= 0 ? 1 : 0;
      case SHIFT_LEFT -> left << right;
      case SHIFT_RIGHT -> left >>> right;
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDE -> right == 0 ? 0 : left / right;
      case REMAINDER -> right == 0 ? 0 : left % right;
      case NOT, COMPLEMENT -> left;
    };
  }
}
