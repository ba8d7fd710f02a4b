package dev.rideau.tracer.internal.filter;

import dev.rideau.tracer.internal.schema.FieldShape;
import dev.rideau.tracer.internal.schema.FieldShape.Enumeration;
import dev.rideau.tracer.internal.schema.FieldShape.Maybe;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import dev.rideau.tracer.internal.schema.FieldShape.Nested;
import dev.rideau.tracer.internal.schema.FieldShape.Scalar;
import dev.rideau.tracer.internal.schema.FieldShape.Sequence;
import dev.rideau.tracer.internal.schema.FieldShape.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Random fields with values at the edges of their types, and random conditions on them, each with
/// what a plain interpreter says of it.
final class RandomFields {
  /// A condition and whether it holds.
  record Asked(String text, boolean holds) {}

  /// A constant of an enum; the label is null for null.
  private record Constant(int code, @Nullable String label) {}

  private enum Letter {
    AA,
    AB,
    BB
  }

  private static final List<Class<?>> PRIMITIVES =
      List.of(
          boolean.class,
          byte.class,
          short.class,
          char.class,
          int.class,
          long.class,
          float.class,
          double.class);
  private static final double[] REALS = {
    0.0,
    -0.0,
    Double.NaN,
    1.5,
    -1.5,
    0.1,
    Double.MAX_VALUE,
    Double.MIN_VALUE,
    9007199254740992.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST =
      new BigDecimal(BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE));
  private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};

  private final Random random;
  private final List<NamedField> fields;
  private final List<@Nullable Object> leaves = new ArrayList<>();

  // By path: what a reader would see, were none missing.
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> missing = new HashSet<>();

  RandomFields(Random random) {
    this.random = random;
    fields = fields("", 2, true);
    if (values.isEmpty()) {
      fields.add(new NamedField("last", "", Object.class, scalar("last", true)));
    }
  }

  List<NamedField> fields() {
    return fields;
  }

  /// The values of all leaves, in order.
  List<@Nullable Object> leaves() {
    return leaves;
  }

  /// Values by path, of those that are there.
  Map<String, Object> values() {
    Map<String, Object> there = new LinkedHashMap<>(values);
    there.keySet().removeAll(missing);
    return there;
  }

  private List<NamedField> fields(String prefix, int depth, boolean isThere) {
    List<NamedField> all = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      // Names that begin alike: a field is not in the optional whose name its own begins with.
      all.add(field("o".repeat(i + 1), prefix, depth, isThere));
    }
    return all;
  }

  private NamedField field(String name, String prefix, int depth, boolean isThere) {
    String path = prefix + name;
    FieldShape shape;
    if (random.nextInt(3) == 0) {
      boolean isPresent = random.nextBoolean();
      leaves.add(isPresent);
      shape = new Maybe(Optional.class, shape(path, depth, isThere && isPresent));
    } else {
      shape = shape(path, depth, isThere);
    }
    return new NamedField(name, "", Object.class, shape);
  }

  // Leaves of what is missing hold anything: nobody may look at them.
  private FieldShape shape(String path, int depth, boolean isThere) {
    switch (random.nextInt(depth > 0 ? 14 : 11)) {
      case 0 -> {
        String text = random.nextInt(4) == 0 ? null : letters("ab");
        leaves.add(text);
        put(path, isThere, text == null ? "" : text);
        return new Text(100);
      }
      case 1 -> {
        int code = random.nextInt(Letter.values().length + 1);
        leaves.add(code);
        List<String> labels = List.of("AA", "AB", "BB");
        put(path, isThere, new Constant(code, code < labels.size() ? labels.get(code) : null));
        return new Enumeration(Letter.class, labels);
      }
      case 2 -> {
        leaves.add(new int[0]);
        return new Sequence(new Scalar(int.class, false, 10), 10);
      }
      case 11, 12, 13 -> {
        return new Nested(Object.class, fields(path + ".", depth - 1, isThere));
      }
      default -> {
        return scalar(path, isThere);
      }
    }
  }

  private Scalar scalar(String path, boolean isThere) {
    Class<?> type = PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
    boolean isUnsigned = random.nextBoolean() || type == char.class || type == boolean.class;
    Scalar scalar = new Scalar(type, isUnsigned, 10);
    if (type == boolean.class) {
      boolean flag = random.nextBoolean();
      leaves.add(flag);
      put(path, isThere, flag);
    } else if (scalar.isFloat()) {
      double real = REALS[random.nextInt(REALS.length)];
      Number value = type == float.class ? (Number) (float) real : (Number) real;
      leaves.add(value);
      put(path, isThere, value.doubleValue());
    } else {
      BigInteger value = edge(scalar.bytes() * 8, isUnsigned);
      long bits = value.longValue();
      leaves.add(
          switch (type.getName()) {
            case "byte" -> (Object) (byte) bits;
            case "short" -> (short) bits;
            case "char" -> (char) bits;
            case "int" -> (int) bits;
            default -> bits;
          });
      put(path, isThere, new BigDecimal(value));
    }
    return scalar;
  }

  private void put(String path, boolean isThere, Object value) {
    values.put(path, value);
    if (!isThere) {
      missing.add(path);
    }
  }

  // A value of so many bits, near zero or an end of their range.
  private BigInteger edge(int bits, boolean isUnsigned) {
    BigInteger range = BigInteger.ONE.shiftLeft(bits);
    BigInteger near = BigInteger.valueOf(random.nextInt(5) - 2);
    BigInteger raw =
        switch (random.nextInt(3)) {
          case 0 -> near;
          case 1 -> near.add(range.shiftRight(1));
          default -> new BigInteger(bits, random);
        };
    BigInteger value = raw.mod(range);
    return !isUnsigned && value.testBit(bits - 1) ? value.subtract(range) : value;
  }

  private String letters(String alphabet) {
    return random
        .ints(random.nextInt(4), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  /// A random condition.
  Asked condition(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    if (kind == 0) {
      return comparison();
    }
    Asked left = condition(depth - 1);
    if (kind == 1) {
      return new Asked("!(" + left.text() + ")", !left.holds());
    }
    Asked right = condition(depth - 1);
    return kind == 2
        ? new Asked(
            "(" + left.text() + ") && (" + right.text() + ")", left.holds() && right.holds())
        : new Asked(left.text() + " || " + right.text(), left.holds() || right.holds());
  }

  private Asked comparison() {
    List<String> paths = List.copyOf(values.keySet());
    String path = paths.get(random.nextInt(paths.size()));
    String operator = OPERATORS[random.nextInt(OPERATORS.length)];
    Asked asked =
        switch (values.get(path)) {
          case String text -> ofText(text);
          case Boolean flag -> ofFlag(flag);
          case Constant(int code, String label) ->
              random.nextBoolean() || label == null
                  ? ofInteger(BigDecimal.valueOf(code), operator)
                  : ofText(label);
          case BigDecimal number -> ofInteger(number, operator);
          case Double number -> ofReal(number, operator);
          case null, default -> throw new AssertionError(path);
        };
    return new Asked(path + " " + asked.text(), asked.holds() && !missing.contains(path));
  }

  private Asked ofText(String text) {
    String pattern = letters(random.nextBoolean() ? "ab" : "abAB*?");
    String regex = pattern.replace("*", ".*").replace("?", ".");
    boolean isEqual = random.nextBoolean();
    return new Asked(
        (isEqual ? "== '" : "!= '") + pattern + "'", Pattern.matches(regex, text) == isEqual);
  }

  private Asked ofFlag(boolean flag) {
    boolean wanted = random.nextBoolean();
    boolean isEqual = random.nextBoolean();
    return new Asked((isEqual ? "== " : "!= ") + wanted, (flag == wanted) == isEqual);
  }

  private Asked ofInteger(BigDecimal value, String operator) {
    BigDecimal wanted =
        random.nextBoolean() ? value : new BigDecimal(edge(64, random.nextBoolean()));
    wanted = wanted.add(BigDecimal.valueOf(random.nextInt(5) - 2, random.nextInt(2)));
    wanted = wanted.max(LEAST).min(GREATEST);
    int order = value.compareTo(wanted);
    boolean holds =
        switch (operator) {
          case "==" -> order == 0;
          case "!=" -> order != 0;
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        };
    return new Asked(operator + " " + written(wanted), holds);
  }

  // The same number in one of the ways to write it.
  private String written(BigDecimal number) {
    boolean isInteger = number.stripTrailingZeros().scale() <= 0;
    BigDecimal digits = number.abs();
    String sign = number.signum() < 0 ? "-" : "";
    return switch (random.nextInt(isInteger ? 5 : 3)) {
      case 0 -> sign + "00" + digits.toPlainString();
      case 1 -> sign + digits.movePointLeft(2).toPlainString() + "E+2";
      case 2 -> number.toPlainString();
      case 3 -> sign + "0x" + digits.toBigInteger().toString(16).toUpperCase(Locale.ROOT);
      default -> sign + "0b" + digits.toBigInteger().toString(2);
    };
  }

  private Asked ofReal(double value, String operator) {
    double wanted = random.nextBoolean() ? value : REALS[random.nextInt(REALS.length)];
    String written = Double.isFinite(wanted) ? Double.toString(wanted) : "-0";
    double other = Double.parseDouble(written);
    boolean holds =
        switch (operator) {
          case "==" -> value == other;
          case "!=" -> value != other;
          case "<" -> value < other;
          case "<=" -> value <= other;
          case ">" -> value > other;
          default -> value >= other;
        };
    return new Asked(operator + " " + written, holds);
  }
}
