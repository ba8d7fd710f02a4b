package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.FormatField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the fields that decide what a conversion prints.
final class IntegerFields {
  private final List<FormatField> found = new ArrayList<>();

  private IntegerFields() {}

  /// The integers that a conversion reads, or null when it reads something else too.
  static @Nullable List<FormatField> of(PrintPlan.Conversion conversion) {
    IntegerFields fields = new IntegerFields();
    boolean whole =
        fields.collect(conversion.width())
            && fields.collect(conversion.precision())
            && fields.collect(conversion.argument());
    return whole ? fields.found : null;
  }

  private boolean collect(@Nullable Expression expression) {
    return switch (expression) {
      case null -> true;
      case Expression.Number _, Expression.Text _, Expression.Name _ -> true;
      case Expression.Field(FormatField field) -> {
        if (!found.contains(field)) {
          found.add(field);
        }
        yield field.kind() == FormatField.Kind.INTEGER;
      }
      case Expression.Unary(var _, Expression operand) -> collect(operand);
      case Expression.Binary(var _, Expression left, Expression right) ->
          collect(left) && collect(right);
      case Expression.Conditional(Expression condition, Expression yes, Expression no) ->
          collect(condition) && collect(yes) && collect(no);
      case Expression.Cast(int _, boolean _, Expression operand) -> collect(operand);
      case Expression.Symbolic(Expression value, var _) -> collect(value);
      case Expression.Flags(Expression value, String _, var _) -> collect(value);
      case Expression.Located _,
          Expression.LocatedLength _,
          Expression.BitMask _,
          Expression.Element _,
          Expression.Hex _,
          Expression.Numbers _ ->
          false;
    };
  }
}
