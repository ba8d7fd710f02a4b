package dev.rideau.kernel.internal.span;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the records of an event class mean for spans.
///
/// @param name of the spans
/// @param key field by which a begin and its end belong together, null when there is none
/// @param detail first text field, null when there is none
record SpanUse(Kind kind, String name, @Nullable String key, @Nullable String detail) {
  /// Field that makes a record a whole span, in nanoseconds.
  static final String DURATION = "duration_ns";

  /// When such a span began, on the clock of the trace; without it the record is its end.
  static final String BEGIN = "begin_ns";

  /// The kernel's id of a thread.
  static final String TID = "vtid";

  /// Java's id of a thread.
  static final String JAVA_THREAD = "java_thread_id";

  /// Process id.
  static final String PID = "vpid";

  /// Name of a thread.
  static final String THREAD_NAME = "procname";

  /// Contexts that are read.
  static final Set<String> CONTEXTS = Set.of(TID, JAVA_THREAD, PID, THREAD_NAME);

  /// What a record is to its span.
  enum Kind {
    BEGIN,
    END,
    WHOLE
  }

  /// Fields of the payload that are read.
  Set<String> fields() {
    Set<String> fields = new HashSet<>();
    if (key != null) {
      fields.add(key);
    }
    if (detail != null) {
      fields.add(detail);
    }
    if (kind == Kind.WHOLE) {
      fields.addAll(List.of(DURATION, BEGIN, TID, JAVA_THREAD));
    }
    return fields;
  }
}
