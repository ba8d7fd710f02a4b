package dev.rideau.server.internal.view;

import dev.rideau.tables.TraceDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a recording says of itself.
///
/// @param properties values by name
/// @param events number of event records
/// @param hosts names of the machines that it tells of, by number
record Recording(Map<String, String> properties, long events, List<String> hosts) {
  /// One of which nothing is known yet.
  static final Recording UNKNOWN = new Recording(Map.of(), 0, List.of());

  /// Asks the facts.
  static Recording of(TraceDatabase db) {
    Map<String, String> properties = new TreeMap<>();
    try (var rows = db.query("SELECT name, value FROM recording ORDER BY host DESC")) {
      while (rows.next()) {
        properties.put(String.valueOf(rows.textAt(0)), String.valueOf(rows.textAt(1)));
      }
    }
    try (var rows = db.query("SELECT coalesce(sum(events), 0)::BIGINT FROM event_class")) {
      long events = rows.next() ? rows.longAt(0) : 0;
      return new Recording(Map.copyOf(properties), events, db.hosts());
    }
  }
}
