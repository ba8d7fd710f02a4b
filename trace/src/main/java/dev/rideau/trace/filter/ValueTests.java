package dev.rideau.trace.filter;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.filter.Condition.Comparison;
import dev.rideau.trace.filter.Condition.Operand;
import dev.rideau.trace.filter.Condition.Operator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Compiles comparisons of single values.
final class ValueTests {
  private static final ColumnTest ALWAYS = (_, _) -> true;
  private static final ColumnTest NEVER = (_, _) -> false;

  private ValueTests() {}

  /// The comparison of values of a field class with an operand, or null where the two cannot be
  /// compared: such a comparison holds for no record.
  static @Nullable ColumnTest compile(FieldClass fieldClass, Comparison comparison) {
    Operator operator = comparison.operator();
    Operand operand = comparison.operand();
    return switch (fieldClass) {
      case FieldClass.Integral integral ->
          integer(integral.signed(), integral.mappings(), comparison.ofIntegers());
      case FieldClass.BitMap map -> flags(map, comparison.ofIntegers());
      case FieldClass.BitArray _, FieldClass.Bool _ ->
          integer(false, List.of(), comparison.ofIntegers());
      case FieldClass.Floating _ -> real(operator, operand);
      case FieldClass.Text text -> text(text.encoding(), operator, operand);
      case FieldClass.StaticLengthBlob _,
          FieldClass.DynamicLengthBlob _,
          FieldClass.StaticLengthArray _,
          FieldClass.DynamicLengthArray _,
          FieldClass.Structure _,
          FieldClass.Optional _,
          FieldClass.Variant _ ->
          null;
    };
  }

  private static @Nullable ColumnTest integer(
      boolean signed, List<Mapping> mappings, Comparison comparison) {
    Operator operator = comparison.operator();
    return switch (comparison.operand()) {
      case Operand.IntegerOperand given -> integer(signed, operator, given);
      case Operand.RealOperand _ -> throw new AssertionError(comparison);
      case Operand.TextOperand given ->
          labels(mappings, signed, operator, label -> label.equals(given.text()));
      case Operand.GlobOperand given ->
          labels(mappings, signed, operator, label -> given.glob().matches(label));
      case Operand.RegexOperand given ->
          labels(mappings, signed, operator, label -> given.pattern().matcher(label).find());
    };
  }

  private static ColumnTest integer(
      boolean signed, Operator operator, Operand.IntegerOperand operand) {
    long wanted = operand.bits();
    if (signed && operand.aboveLong()) {
      return operator.holds(-1) ? ALWAYS : NEVER;
    }
    if (!signed && wanted < 0 && !operand.aboveLong()) {
      return operator.holds(1) ? ALWAYS : NEVER;
    }
    long flip = signed ? 0 : Long.MIN_VALUE;
    long bound = wanted ^ flip;
    return switch (operator) {
      case EQUAL, MATCHES -> (column, row) -> value(column, row) == wanted;
      case NOT_EQUAL -> (column, row) -> value(column, row) != wanted;
      case LESS -> (column, row) -> (value(column, row) ^ flip) < bound;
      case LESS_OR_EQUAL -> (column, row) -> (value(column, row) ^ flip) <= bound;
      case GREATER -> (column, row) -> (value(column, row) ^ flip) > bound;
      case GREATER_OR_EQUAL -> (column, row) -> (value(column, row) ^ flip) >= bound;
    };
  }

  /// Labels know equality only: a value is equal to each of its labels.
  private static @Nullable ColumnTest labels(
      List<Mapping> mappings, boolean signed, Operator operator, Predicate<String> wanted) {
    boolean negated = operator == Operator.NOT_EQUAL;
    if (mappings.isEmpty()
        || !(negated || operator == Operator.EQUAL || operator == Operator.MATCHES)) {
      return null;
    }
    List<Mapping> matching = new ArrayList<>();
    for (Mapping mapping : mappings) {
      if (wanted.test(mapping.label())) {
        matching.add(mapping);
      }
    }
    return (column, row) -> {
      long value = value(column, row);
      for (int i = 0; i < matching.size(); i++) {
        if (matching.get(i).contains(value, signed)) {
          return !negated;
        }
      }
      return negated;
    };
  }

  /// A bit map is equal to the name of each of its flags that is set.
  private static @Nullable ColumnTest flags(FieldClass.BitMap map, Comparison comparison) {
    Predicate<String> wanted;
    switch (comparison.operand()) {
      case Operand.TextOperand given -> wanted = given.text()::equals;
      case Operand.GlobOperand given -> wanted = given.glob()::matches;
      case Operand.RegexOperand given -> wanted = label -> given.pattern().matcher(label).find();
      case Operand.IntegerOperand _, Operand.RealOperand _ -> {
        return integer(false, List.of(), comparison);
      }
    }
    long bits = 0;
    for (Mapping flag : map.flags()) {
      if (wanted.test(flag.label())) {
        for (long bit = 0; bit < map.layout().lengthBits(); bit++) {
          bits |= flag.contains(bit, false) ? 1L << bit : 0;
        }
      }
    }
    long mask = bits;
    return switch (comparison.operator()) {
      case EQUAL, MATCHES -> (column, row) -> (value(column, row) & mask) != 0;
      case NOT_EQUAL -> (column, row) -> (value(column, row) & mask) == 0;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> null;
    };
  }

  private static @Nullable ColumnTest real(Operator operator, Operand operand) {
    double wanted;
    switch (operand) {
      case Operand.RealOperand given -> wanted = given.number().doubleValue();
      case Operand.IntegerOperand given ->
          wanted = given.aboveLong() ? toDouble(given.bits()) : given.bits();
      case Operand.TextOperand _, Operand.GlobOperand _, Operand.RegexOperand _ -> {
        return null;
      }
    }
    return (column, row) -> {
      double value = ((DoubleColumn) column).values()[row];
      return switch (operator) {
        case EQUAL, MATCHES -> value == wanted;
        case NOT_EQUAL -> value != wanted;
        case LESS -> value < wanted;
        case LESS_OR_EQUAL -> value <= wanted;
        case GREATER -> value > wanted;
        case GREATER_OR_EQUAL -> value >= wanted;
      };
    };
  }

  private static @Nullable ColumnTest text(
      TextEncoding encoding, Operator operator, Operand operand) {
    return switch (operand) {
      case Operand.TextOperand given -> text(encoding, operator, given.text());
      case Operand.GlobOperand given -> {
        Glob glob = given.glob();
        yield encoding == TextEncoding.UTF_8
            ? (column, row) -> {
              BytesColumn strings = (BytesColumn) column;
              return glob.matches(
                  strings.bytes(), strings.offsetsBytes()[row], strings.lengthsBytes()[row]);
            }
            : (column, row) -> glob.matches(((BytesColumn) column).text(row));
      }
      // Regular expressions of the standard library need a string, so this one allocates.
      case Operand.RegexOperand given ->
          (column, row) -> given.pattern().matcher(((BytesColumn) column).text(row)).find();
      case Operand.IntegerOperand _, Operand.RealOperand _ -> null;
    };
  }

  private static ColumnTest text(TextEncoding encoding, Operator operator, String wanted) {
    if (encoding != TextEncoding.UTF_8) {
      return (column, row) -> operator.holds(((BytesColumn) column).text(row).compareTo(wanted));
    }
    byte[] bytes = wanted.getBytes(StandardCharsets.UTF_8);
    return (column, row) -> {
      BytesColumn strings = (BytesColumn) column;
      int first = strings.offsetsBytes()[row];
      return operator.holds(
          Arrays.compareUnsigned(
              strings.bytes(), first, first + strings.lengthsBytes()[row], bytes, 0, bytes.length));
    };
  }

  private static long value(Column column, int row) {
    return ((LongColumn) column).values()[row];
  }

  private static double toDouble(long aboveLong) {
    return (double) (aboveLong >>> 1 | aboveLong & 1) * 2.0;
  }
}
