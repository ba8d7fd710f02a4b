package dev.rideau.ctf.internal.metadata.json;

import dev.rideau.trace.Attributes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Attributes of event record classes that have a meaning: what CTF 1.8 says with properties of its
/// own, babeltrace2 says in CTF 2 with attributes of one namespace.
public final class BasicAttributes {
  public static final String NAMESPACE = "babeltrace.org,2020";

  /// Position is the numeric level.
  public static final List<String> LOG_LEVELS =
      List.of(
          "emergency",
          "alert",
          "critical",
          "error",
          "warning",
          "notice",
          "info",
          "debug:system",
          "debug:program",
          "debug:process",
          "debug:module",
          "debug:unit",
          "debug:function",
          "debug:line",
          "debug");

  private BasicAttributes() {}

  /// The numeric log level, null when there is none.
  static @Nullable Long logLevel(Attributes attributes) {
    Object value = value(attributes, "log-level");
    if (value instanceof Long level) {
      return level;
    }
    int level = value instanceof String name ? LOG_LEVELS.indexOf(name) : -1;
    return level < 0 ? null : (long) level;
  }

  /// The Eclipse modelling framework URI, null when there is none.
  static @Nullable String emfUri(Attributes attributes) {
    return value(attributes, "emf-uri") instanceof String uri ? uri : null;
  }

  private static @Nullable Object value(Attributes attributes, String name) {
    return attributes.entries().get(NAMESPACE) instanceof Map<?, ?> ours ? ours.get(name) : null;
  }
}
