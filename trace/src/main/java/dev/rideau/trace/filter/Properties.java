package dev.rideau.trace.filter;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.filter.Condition.Comparison;
import dev.rideau.trace.filter.Condition.Name;
import dev.rideau.trace.filter.Condition.Operand;
import dev.rideau.trace.filter.Condition.Operator;
import dev.rideau.trace.filter.Condition.Root;
import dev.rideau.trace.filter.Condition.Step;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a filter can ask of a record besides its fields. All but the timestamp is the same for all
/// records of a class in a stream.
final class Properties {
  private static final String TIMESTAMP = "timestamp";
  private static final Set<String> EVENT = Set.of("name", "id", "loglevel", TIMESTAMP);
  private static final Set<String> STREAM = Set.of("id", "class", "name");
  private static final Set<String> TRACE = Set.of("name", "path", "uuid");

  private Properties() {}

  /// Whether names with that root are properties and not fields.
  static boolean isOfClass(Root root) {
    return switch (root) {
      case EVENT, STREAM, TRACE, ENVIRONMENT -> true;
      case ANYWHERE, PAYLOAD, CONTEXT, PACKET -> false;
    };
  }

  /// Whether the name is that of the record's timestamp.
  static boolean isTimestamp(Name name) {
    return name.root() == Root.EVENT && TIMESTAMP.equals(key(name));
  }

  static boolean isEventProperty(Name name) {
    return EVENT.contains(key(name));
  }

  /// Whether there is a property of that name.
  static boolean isKnown(Name name, DataStream stream) {
    String key = key(name);
    return switch (name.root()) {
      case EVENT -> EVENT.contains(key);
      case STREAM -> STREAM.contains(key);
      case TRACE -> TRACE.contains(key);
      case ENVIRONMENT -> stream.trace().traceClass().environment().entries().containsKey(key);
      case ANYWHERE, PAYLOAD, CONTEXT, PACKET -> false;
    };
  }

  /// The value of a property: a `String`, a `Long`, or null when there is none.
  static @Nullable Object value(Name name, DataStream stream, EventClass eventClass) {
    String key = key(name);
    return switch (name.root()) {
      case EVENT ->
          switch (key) {
            case "name" -> eventClass.displayName();
            case "id" -> eventClass.id();
            case "loglevel" -> eventClass.logLevel();
            default -> null;
          };
      case STREAM ->
          switch (key) {
            case "id" -> stream.id();
            case "class" -> stream.dataStreamClass().id();
            case "name" -> stream.name();
            default -> null;
          };
      case TRACE ->
          switch (key) {
            case "name" -> stream.trace().name();
            case "path" -> stream.trace().path().toString();
            case "uuid" -> stream.trace().traceClass().uid();
            default -> null;
          };
      case ENVIRONMENT -> stream.trace().traceClass().environment().entries().get(key);
      case ANYWHERE, PAYLOAD, CONTEXT, PACKET -> null;
    };
  }

  /// Whether a property stands in the wanted relation.
  static boolean holds(@Nullable Object value, Comparison comparison) {
    Operator operator = comparison.operator();
    return switch (value) {
      case String text ->
          switch (comparison.operand()) {
            case Operand.TextOperand given -> operator.holds(text.compareTo(given.text()));
            case Operand.GlobOperand given -> given.glob().matches(text);
            case Operand.RegexOperand given -> given.pattern().matcher(text).find();
            case Operand.IntegerOperand _, Operand.RealOperand _ -> false;
          };
      case Long number -> {
        Comparison ofIntegers = comparison.ofIntegers();
        yield holds(number, ofIntegers.operator(), ofIntegers.operand());
      }
      case null, default -> false;
    };
  }

  /// Whether a signed number stands in the wanted relation, which is one of integers.
  static boolean holds(long value, Operator operator, Operand operand) {
    return switch (operand) {
      case Operand.IntegerOperand given ->
          operator.holds(given.aboveLong() ? -1 : Long.compare(value, given.bits()));
      case Operand.RealOperand _ -> throw new AssertionError(operand);
      case Operand.TextOperand _, Operand.GlobOperand _, Operand.RegexOperand _ -> false;
    };
  }

  private static String key(Name name) {
    return name.steps().size() == 1 && name.steps().getFirst() instanceof Step.Member(String key)
        ? key
        : "";
  }
}
