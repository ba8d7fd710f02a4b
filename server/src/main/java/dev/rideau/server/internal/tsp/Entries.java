package dev.rideau.server.internal.tsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tree in the making: headers and entries.
final class Entries {
  private final List<Object> headers = new ArrayList<>();
  private final List<Object> entries = new ArrayList<>();
  private int expandLevel = -1;

  /// The kind of values below a header.
  enum DataType {
    NUMBER,
    TIMESTAMP,
    DURATION,
    STRING,
    TIME_RANGE
  }

  Entries header(String name, String tooltip, DataType type) {
    headers.add(JsonTree.object("name", name, "tooltip", tooltip, "dataType", type.name()));
    return this;
  }

  /// How many levels clients show open at first; -1 for all.
  Entries expand(int levels) {
    expandLevel = levels;
    return this;
  }

  /// Adds an entry; parent -1 for none. The map may be added to.
  Map<String, Object> add(long id, long parent, boolean hasData, List<String> labels) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", id);
    entry.put("parentId", parent);
    entry.put("labels", labels);
    entry.put("hasData", hasData);
    entries.add(entry);
    return entry;
  }

  Map<String, Object> model() {
    return JsonTree.object("headers", headers, "entries", entries, "autoExpandLevel", expandLevel);
  }

  /// The tree of an output of which nothing is known yet.
  static Map<String, Object> none() {
    return new Entries().model();
  }

  /// A style in an answer: a key of the output's styles, and values that hold besides.
  static Map<String, Object> style(@Nullable String key, Map<String, Object> values) {
    return JsonTree.object("parentKey", key, "values", values);
  }
}
