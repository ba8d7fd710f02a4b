package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ReportCatalog;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/// Traces that are looked at together, with what clients have noted about them.
final class Experiment {
  private static final int MOST_BOOKMARKS = 10_000;

  private final UUID uuid;
  private final String name;
  private final List<TspTrace> traces;
  private final OpenTrace source;
  private final Outputs outputs;
  private final Map<UUID, Bookmark> bookmarks = new ConcurrentSkipListMap<>();

  /// @param source all of them together
  Experiment(
      String name,
      List<TspTrace> traces,
      OpenTrace source,
      ReportCatalog catalog,
      Configurations configurations) {
    StringBuilder id = new StringBuilder("experiment\n").append(name);
    traces.forEach(trace -> id.append('\n').append(trace.uuid()));
    uuid = TspTrace.uuidOf(id.toString());
    this.name = name;
    this.traces = List.copyOf(traces);
    this.source = source;
    outputs = new Outputs(source, catalog, configurations);
  }

  /// A range of time that a client gave a name.
  record Bookmark(UUID uuid, String name, long beginNs, long endNs) {
    Map<String, Object> model() {
      // There are clients that read the one, and others that read the other.
      return JsonTree.object(
          "uuid",
          uuid.toString(),
          "UUID",
          uuid.toString(),
          "name",
          name,
          "start",
          beginNs,
          "end",
          endNs);
    }
  }

  UUID uuid() {
    return uuid;
  }

  String name() {
    return name;
  }

  List<TspTrace> traces() {
    return traces;
  }

  OpenTrace source() {
    return source;
  }

  Outputs outputs() {
    return outputs;
  }

  Map<UUID, Bookmark> bookmarks() {
    return bookmarks;
  }

  /// Keeps a bookmark, in place of that with the same id.
  void keep(Bookmark bookmark) {
    if (bookmarks.size() >= MOST_BOOKMARKS && !bookmarks.containsKey(bookmark.uuid())) {
      throw TspFailure.malformed("there are too many bookmarks", "delete some");
    }
    bookmarks.put(bookmark.uuid(), bookmark);
  }

  Map<String, Object> model() {
    Map<String, Object> model = JsonTree.object("UUID", uuid.toString(), "name", name);
    TspTrace.addState(model, source);
    model.put("traces", traces.stream().map(TspTrace::model).toList());
    return model;
  }
}
