package dev.rideau.reports.internal.period;

import dev.rideau.reports.internal.period.Expression.And;
import dev.rideau.reports.internal.period.Expression.Comparison;
import dev.rideau.reports.internal.period.Expression.Constant;
import dev.rideau.reports.internal.period.Expression.Not;
import dev.rideau.reports.internal.period.Expression.Operand;
import dev.rideau.reports.internal.period.Expression.Operator;
import dev.rideau.reports.internal.period.Expression.Or;
import dev.rideau.reports.internal.period.Expression.Reference;
import dev.rideau.reports.internal.period.Expression.Subject;
import dev.rideau.reports.internal.period.Expression.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether conditions hold.
final class Conditions {
  private Conditions() {}

  /// The records of which a condition may speak.
  ///
  /// @param begin that with which the period began; null when it is about to begin
  /// @param parent that with which the period around it began; null when there is none
  record Context(EventRecord current, @Nullable EventRecord begin, @Nullable EventRecord parent) {
    @Nullable Value value(Operand operand) {
      return switch (operand) {
        case Constant(Value value) -> value;
        case Reference reference -> {
          EventRecord of =
              switch (reference.subject()) {
                case CURRENT -> current;
                case BEGIN -> begin == null ? current : begin;
                case PARENT -> parent;
              };
          yield of == null ? null : of.value(reference);
        }
      };
    }
  }

  static boolean holds(Expression expression, Context context) {
    return switch (expression) {
      case And(Expression left, Expression right) -> holds(left, context) && holds(right, context);
      case Or(Expression left, Expression right) -> holds(left, context) || holds(right, context);
      case Not(Expression inner) -> !holds(inner, context);
      case Comparison(Operator operator, Reference left, Operand right) ->
          compare(operator, context.value(left), context.value(right));
    };
  }

  private static boolean compare(Operator operator, @Nullable Value left, @Nullable Value right) {
    if (left instanceof Value.Number(var a) && right instanceof Value.Number(var b)) {
      int order = a.compareTo(b);
      return switch (operator) {
        case EQUAL -> order == 0;
        case MATCHES -> false;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
    if (left instanceof Value.Text(String a) && right instanceof Value.Text(String b)) {
      return switch (operator) {
        case EQUAL -> a.equals(b);
        case MATCHES -> new dev.rideau.trace.filter.Glob(b).matches(a);
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> false;
      };
    }
    return false;
  }

  /// Whether a condition can hold or fail for records of a class, of which only the name is known.
  ///
  /// @param canHold whether it may be true
  /// @param canFail whether it may be false
  private record Chance(boolean canHold, boolean canFail) {}

  /// Whether a condition may hold for some record of that name.
  static boolean canHold(Expression expression, String name) {
    return chance(expression, name).canHold;
  }

  private static Chance chance(Expression expression, String name) {
    return switch (expression) {
      case And(Expression left, Expression right) -> {
        Chance a = chance(left, name);
        Chance b = chance(right, name);
        yield new Chance(a.canHold && b.canHold, a.canFail || b.canFail);
      }
      case Or(Expression left, Expression right) -> {
        Chance a = chance(left, name);
        Chance b = chance(right, name);
        yield new Chance(a.canHold || b.canHold, a.canFail && b.canFail);
      }
      case Not(Expression inner) -> {
        Chance chance = chance(inner, name);
        yield new Chance(chance.canFail, chance.canHold);
      }
      case Comparison(Operator operator, Reference left, Operand right) -> {
        if (left.subject() == Subject.CURRENT
            && left.field() == null
            && right instanceof Constant(Value value)) {
          boolean holds = compare(operator, new Value.Text(name), value);
          yield new Chance(holds, !holds);
        }
        yield new Chance(true, true);
      }
    };
  }

  /// Adds the names of all fields that a condition speaks of.
  static void fields(Expression expression, Set<String> into) {
    switch (expression) {
      case And(Expression left, Expression right) -> {
        fields(left, into);
        fields(right, into);
      }
      case Or(Expression left, Expression right) -> {
        fields(left, into);
        fields(right, into);
      }
      case Not(Expression inner) -> fields(inner, into);
      case Comparison(Operator _, Reference left, Operand right) -> {
        field(left, into);
        if (right instanceof Reference other) {
          field(other, into);
        }
      }
    }
  }

  static void field(Reference reference, Set<String> into) {
    String field = reference.field();
    if (field != null) {
      into.add(field);
    }
  }
}
