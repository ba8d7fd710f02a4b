package dev.rideau.tracer;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A record as Rideau's reader found it, taken out of its columns.
///
/// @param payload Long, Double, String, List, Map (records) or null (missing optionals)
record RecordedEvent(
    String name,
    long timestampNs,
    long stream,
    Map<String, Object> payload,
    Map<String, Object> context) {
  Object field(String field) {
    return Objects.requireNonNull(payload.get(field));
  }

  Object contextField(String field) {
    return Objects.requireNonNull(context.get(field));
  }

  /// The payload in the order of fields.
  List<Object> values() {
    return List.copyOf(payload.values());
  }
}
