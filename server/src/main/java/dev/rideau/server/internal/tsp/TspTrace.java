package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.TraceStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// A trace as clients name it. The same files under another name are another trace to them.
///
/// @param isOpenedByClient whether a client opened it, so that a client may close it
record TspTrace(UUID uuid, String name, OpenTrace source, boolean isOpenedByClient) {

  static TspTrace of(String name, OpenTrace source, boolean isOpenedByClient) {
    return new TspTrace(
        uuidOf("trace\n" + source.id() + "\n" + name), name, source, isOpenedByClient);
  }

  /// An id that is the same whenever the server starts.
  static UUID uuidOf(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Where its files lie.
  String path() {
    return source.paths().stream().map(Object::toString).collect(Collectors.joining(":"));
  }

  Map<String, Object> model() {
    Map<String, Object> model =
        JsonTree.object("UUID", uuid.toString(), "name", name, "path", path());
    addState(model, source);
    model.put("properties", source.properties());
    return model;
  }

  /// Adds what a trace and an experiment tell alike.
  static void addState(Map<String, Object> model, OpenTrace source) {
    TraceStatus status = source.status();
    model.put("start", source.span().beginNs());
    model.put("end", source.span().endNs());
    model.put("nbEvents", Math.max(0, source.eventCount()));
    model.put(
        "indexingStatus", status.isReady() ? "COMPLETED" : status.isOver() ? "CLOSED" : "RUNNING");
  }
}
