package dev.rideau.tracer.internal.filter;

import dev.rideau.tracer.internal.emit.Leaf;
import dev.rideau.tracer.internal.filter.Condition.And;
import dev.rideau.tracer.internal.filter.Condition.Compare;
import dev.rideau.tracer.internal.filter.Condition.Not;
import dev.rideau.tracer.internal.filter.Condition.Or;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says why a condition can never hold of an event.
public final class ConditionFaults {
  private ConditionFaults() {}

  /// The first comparison that makes no sense for events with these leaves, in words; null when all
  /// do.
  public static @Nullable String find(Condition condition, List<Leaf> leaves) {
    return switch (condition) {
      case And(Condition left, Condition right) -> first(left, right, leaves);
      case Or(Condition left, Condition right) -> first(left, right, leaves);
      case Not(Condition inner) -> find(inner, leaves);
      case Compare compare -> find(compare, leaves);
    };
  }

  private static @Nullable String first(Condition left, Condition right, List<Leaf> leaves) {
    String fault = find(left, leaves);
    return fault != null ? fault : find(right, leaves);
  }

  private static @Nullable String find(Compare compare, List<Leaf> leaves) {
    if (ConditionCompiler.compile(compare, leaves) != null) {
      return null;
    }
    if (leaves.stream().anyMatch(leaf -> leaf.path().equals(compare.path()))) {
      return "the field '"
          + compare.path()
          + "' is of another kind and cannot be compared so with "
          + (compare.value() instanceof String text ? "'" + text + "'" : compare.value());
    }
    String fields = leaves.stream().map(Leaf::path).distinct().collect(Collectors.joining(", "));
    return "there is no field '"
        + compare.path()
        + "'; "
        + (fields.isEmpty() ? "the event has none" : "there are " + fields);
  }
}
