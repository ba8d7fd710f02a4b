package dev.rideau.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a tracer says of the machine and of itself: names to `String` or `Long` values, in the
/// order of the metadata.
public record Environment(Map<String, Object> entries) {

  /// No entries.
  public static final Environment EMPTY = new Environment(Map.of());

  public Environment {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /// The string value of an entry, or null when there is none or it is not a string.
  public @Nullable String text(String name) {
    return entries.get(name) instanceof String text ? text : null;
  }

  /// The integer value of an entry, or null when there is none or it is not an integer.
  public @Nullable Long integer(String name) {
    return entries.get(name) instanceof Long integer ? integer : null;
  }
}
