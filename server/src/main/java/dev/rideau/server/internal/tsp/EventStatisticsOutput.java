package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many event records of each class there are, in all and in a range of time. Entry 0 is the
/// trace.
final class EventStatisticsOutput implements Output.DataTree {
  private final OpenTrace source;

  EventStatisticsOutput(OpenTrace source) {
    this.source = source;
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "statistics",
        "Event Statistics",
        "Number of event records by event class.",
        Type.DATA_TREE);
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Map<String, Long> all = all(cancel);
    boolean isPart =
        range != null
            && (range.beginNs() > source.span().beginNs() || range.endNs() < source.span().endNs());
    Map<String, Long> selected = isPart && range != null ? part(range, cancel) : all;
    long total = sum(all);
    long part = sum(selected);
    Entries tree =
        new Entries()
            .header("Event", "", DataType.STRING)
            .header("Events", "in the whole trace", DataType.NUMBER)
            .header("%", "of the whole trace", DataType.NUMBER)
            .header("Events in range", "", DataType.NUMBER)
            .header("% in range", "", DataType.NUMBER);
    tree.add(0, -1, true, labels(source.name(), total, total, part, part));
    long id = 0;
    for (Map.Entry<String, Long> each : all.entrySet()) {
      long inRange = selected.getOrDefault(each.getKey(), 0L);
      tree.add(++id, 0, true, labels(each.getKey(), each.getValue(), total, inRange, part));
    }
    return tree.model();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<String> labels(String name, long count, long total, long part, long whole) {
    return List.of(
        name,
        Long.toString(count),
        TspText.percent(100.0 * count / Math.max(1, total)),
        Long.toString(part),
        TspText.percent(100.0 * part / Math.max(1, whole)));
  }

  private Map<String, Long> all(Cancel cancel) {
    return counts(
        cancel,
        "SELECT name, sum(events)::BIGINT FROM event_class WHERE events > 0"
            + " GROUP BY name ORDER BY sum(events) DESC, name",
        List.of());
  }

  private Map<String, Long> part(Range range, Cancel cancel) {
    return counts(
        cancel,
        "SELECT event, count(*) FROM events('*') WHERE ts >= $1 AND ts <= $2 GROUP BY event",
        List.of(range.beginNs(), range.endNs()));
  }

  private Map<String, Long> counts(Cancel cancel, String sql, List<Object> parameters) {
    return Facts.query(
        source,
        cancel,
        sql,
        parameters,
        rows -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          while (rows.next()) {
            counts.put(String.valueOf(rows.textAt(0)), rows.longAt(1));
          }
          return counts;
        });
  }
}
