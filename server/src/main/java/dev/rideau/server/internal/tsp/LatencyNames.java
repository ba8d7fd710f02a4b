package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that occur of a [Latency] in the whole trace, asked once: their positions make ids
/// that hold for every range of time. Thread-safe.
final class LatencyNames {
  private final OpenTrace source;
  private final Latency latency;
  private @Nullable Names names;

  LatencyNames(OpenTrace source, Latency latency) {
    this.source = source;
    this.latency = latency;
  }

  /// Names with ids from 1.
  static final class Names {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Long> ids = new HashMap<>();

    private void add(String name) {
      names.add(name);
      ids.put(name, (long) names.size());
    }

    long id(@Nullable String name) {
      return ids.getOrDefault(String.valueOf(name), 0L);
    }

    String name(long id) {
      return names.get((int) (id - 1));
    }
  }

  synchronized Names all(Cancel cancel) {
    Names known = names;
    if (known == null) {
      known =
          Facts.query(
              source,
              cancel,
              "SELECT DISTINCT name FROM (" + latency.sql(source) + ") ORDER BY name",
              List.of(),
              rows -> {
                Names found = new Names();
                while (rows.next()) {
                  found.add(String.valueOf(rows.textAt(0)));
                }
                return found;
              });
      names = known;
    }
    return known;
  }
}
