package dev.rideau.tracer.internal.filter;

import dev.rideau.tracer.internal.emit.Leaf;
import dev.rideau.tracer.internal.filter.Condition.And;
import dev.rideau.tracer.internal.filter.Condition.Compare;
import dev.rideau.tracer.internal.filter.Condition.Not;
import dev.rideau.tracer.internal.filter.Condition.Operator;
import dev.rideau.tracer.internal.filter.Condition.Or;
import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a method handle of a condition: it takes the leaves of an event, and neither boxes nor
/// allocates when it is called.
public final class ConditionCompiler {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodHandle LONGS = find("longs", Operator.class, long.class, long.class);
  private static final MethodHandle UNSIGNED =
      find("unsigned", Operator.class, long.class, long.class, long.class);
  private static final MethodHandle DOUBLES =
      find("doubles", Operator.class, double.class, double.class);
  private static final MethodHandle TEXTS =
      find("texts", boolean.class, String.class, String.class);
  private static final MethodHandle CODES = find("codes", boolean[].class, int.class);

  private final List<Leaf> leaves;
  private final MethodType type;

  private ConditionCompiler(List<Leaf> leaves) {
    this.leaves = leaves;
    type = MethodType.methodType(boolean.class, leaves.stream().map(Leaf::type).toList());
  }

  /// Compiles a condition for events with these leaves.
  ///
  /// @return null when the events have no such field, or one of another kind
  public static @Nullable MethodHandle compile(Condition condition, List<Leaf> leaves) {
    return new ConditionCompiler(leaves).compile(condition);
  }

  /// A handle that says yes when one of two does.
  public static MethodHandle either(MethodHandle left, MethodHandle right) {
    return MethodHandles.guardWithTest(left, constant(left.type(), true), right);
  }

  private @Nullable MethodHandle compile(Condition condition) {
    return switch (condition) {
      case And(Condition left, Condition right) -> {
        MethodHandle first = compile(left);
        MethodHandle second = compile(right);
        yield first == null || second == null
            ? null
            : MethodHandles.guardWithTest(first, second, constant(type, false));
      }
      case Or(Condition left, Condition right) -> {
        MethodHandle first = compile(left);
        MethodHandle second = compile(right);
        yield first == null || second == null ? null : either(first, second);
      }
      case Not(Condition inner) -> {
        MethodHandle handle = compile(inner);
        yield handle == null
            ? null
            : MethodHandles.guardWithTest(handle, constant(type, false), constant(type, true));
      }
      case Compare compare -> compile(compare);
    };
  }

  private @Nullable MethodHandle compile(Compare compare) {
    int value = -1;
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i).path().equals(compare.path()) && !isPresence(i)) {
        value = i;
      }
    }
    MethodHandle test = value < 0 ? null : test(leaves.get(value), compare);
    if (test == null) {
      return null;
    }
    MethodHandle whole = MethodHandles.permuteArguments(test, type, value);
    for (int i = value - 1; i >= 0; i--) {
      if (isPresence(i) && isWithin(compare.path(), leaves.get(i).path())) {
        MethodHandle isPresent =
            MethodHandles.permuteArguments(MethodHandles.identity(boolean.class), type, i);
        whole = MethodHandles.guardWithTest(isPresent, whole, constant(type, false));
      }
    }
    return whole;
  }

  private boolean isPresence(int leaf) {
    return leaves.get(leaf).shape() instanceof Maybe;
  }

  // Whether a field is an optional itself, or in a record that is one.
  private static boolean isWithin(String path, String optional) {
    return path.startsWith(optional)
        && (path.length() == optional.length() || path.charAt(optional.length()) == '.');
  }

  private static @Nullable MethodHandle test(Leaf leaf, Compare compare) {
    Operator operator = compare.operator();
    Object value = compare.value();
    if (leaf.shape() instanceof Sequence) {
      return null;
    }
    if (leaf.shape() instanceof Enumeration enumeration) {
      return enumeration(enumeration, operator, value);
    }
    if (leaf.type() == String.class) {
      return value instanceof String text
              && (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL)
          ? MethodHandles.insertArguments(TEXTS, 0, operator == Operator.EQUAL, text)
          : null;
    }
    if (leaf.type() == boolean.class) {
      if (!(value instanceof Boolean wanted)
          || (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL)) {
        return null;
      }
      boolean yes = wanted == (operator == Operator.EQUAL);
      return MethodHandles.guardWithTest(
          MethodHandles.identity(boolean.class),
          constant(MethodType.methodType(boolean.class, boolean.class), yes),
          constant(MethodType.methodType(boolean.class, boolean.class), !yes));
    }
    return number((Scalar) leaf.shape(), operator, value);
  }

  private static @Nullable MethodHandle number(Scalar scalar, Operator operator, Object value) {
    if (!(value instanceof BigDecimal number)) {
      return null;
    }
    MethodType type = MethodType.methodType(boolean.class, scalar.type());
    return scalar.isFloat()
        ? MethodHandles.insertArguments(DOUBLES, 0, operator, number.doubleValue()).asType(type)
        : integer(scalar, operator, number, type);
  }

  // What is asked of integers is put in terms of integers, so that no bit is lost.
  private static MethodHandle integer(
      Scalar scalar, Operator operator, BigDecimal number, MethodType type) {
    BigDecimal floor = number.setScale(0, RoundingMode.FLOOR);
    Operator onFloor = operator;
    if (floor.compareTo(number) != 0) {
      switch (operator) {
        case EQUAL, NOT_EQUAL -> {
          return constant(type, operator == Operator.NOT_EQUAL);
        }
        case LESS, LESS_OR_EQUAL -> onFloor = Operator.LESS_OR_EQUAL;
        case GREATER, GREATER_OR_EQUAL -> onFloor = Operator.GREATER;
      }
    }
    int bits = scalar.unsigned() ? scalar.bytes() * 8 : 63;
    BigDecimal end = new BigDecimal(BigInteger.ONE.shiftLeft(bits));
    if (floor.compareTo(end) >= 0) {
      return constant(type, onFloor.holds(-1));
    }
    if (floor.compareTo(scalar.unsigned() ? BigDecimal.ZERO : end.negate()) < 0) {
      return constant(type, onFloor.holds(1));
    }
    long bound = floor.toBigInteger().longValue();
    MethodHandle test =
        scalar.unsigned()
            ? MethodHandles.insertArguments(UNSIGNED, 0, onFloor, -1L >>> Long.SIZE - bits, bound)
            : MethodHandles.insertArguments(LONGS, 0, onFloor, bound);
    return test.asType(type);
  }

  private static @Nullable MethodHandle enumeration(
      Enumeration enumeration, Operator operator, Object value) {
    boolean[] matches = new boolean[enumeration.labels().size() + 1];
    for (int i = 0; i < matches.length; i++) {
      if (value instanceof String pattern) {
        boolean isEqual =
            i < matches.length - 1 && Glob.matches(pattern, enumeration.labels().get(i));
        matches[i] = isEqual == (operator == Operator.EQUAL);
      } else if (value instanceof BigDecimal number) {
        matches[i] = operator.holds(BigDecimal.valueOf(i).compareTo(number));
      }
    }
    boolean isTextual = value instanceof String;
    boolean isEquality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    return (isTextual && isEquality) || value instanceof BigDecimal
        ? MethodHandles.insertArguments(CODES, 0, (Object) matches)
        : null;
  }

  private static MethodHandle constant(MethodType type, boolean value) {
    return MethodHandles.dropArguments(
        MethodHandles.constant(boolean.class, value), 0, type.parameterList());
  }

  private static MethodHandle find(String name, Class<?>... parameters) {
    try {
      return LOOKUP.findStatic(
          ConditionCompiler.class, name, MethodType.methodType(boolean.class, parameters));
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @SuppressWarnings("UnusedMethod") // by LONGS
  private static boolean longs(Operator operator, long bound, long value) {
    return operator.holds(Long.compare(value, bound));
  }

  @SuppressWarnings("UnusedMethod") // by UNSIGNED
  private static boolean unsigned(Operator operator, long mask, long bound, long value) {
    return operator.holds(Long.compareUnsigned(value & mask, bound));
  }

  @SuppressWarnings("UnusedMethod") // by DOUBLES
  private static boolean doubles(Operator operator, double bound, double value) {
    return operator.holds(value, bound);
  }

  @SuppressWarnings("UnusedMethod") // by TEXTS
  private static boolean texts(boolean wanted, String pattern, @Nullable String value) {
    return Glob.matches(pattern, value == null ? "" : value) == wanted;
  }

  @SuppressWarnings("UnusedMethod") // by CODES
  private static boolean codes(boolean[] matches, int code) {
    return code < matches.length && matches[code];
  }
}
