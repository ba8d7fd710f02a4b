package dev.rideau.server.internal.tsp;

import dev.rideau.reports.Report;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.tsp.LatencyNames.Names;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.tables.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shortest, longest, mean and so on of what takes time, in all and by name.
final class LatencyStatisticsOutput implements Output.DataTree {
  private final OpenTrace source;
  private final Latency latency;
  private final LatencyNames names;

  LatencyStatisticsOutput(OpenTrace source, Latency latency, LatencyNames names) {
    this.source = source;
    this.latency = latency;
    this.names = names;
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        latency.id() + "-latency-statistics",
        latency.title() + " statistics",
        "Shortest, longest, mean, deviation, number and sum, in all and by name.",
        Type.DATA_TREE);
  }

  @Override
  public List<Report.Need> needs() {
    return latency.needs();
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Entries tree =
        new Entries()
            .header("Label", "", DataType.STRING)
            .header("Minimum", "", DataType.DURATION)
            .header("Maximum", "", DataType.DURATION)
            .header("Average", "", DataType.DURATION)
            .header("Std Dev", "", DataType.DURATION)
            .header("Count", "", DataType.NUMBER)
            .header("Total", "", DataType.DURATION)
            .header("Min Time Range", "where the shortest is", DataType.TIME_RANGE)
            .header("Max Time Range", "where the longest is", DataType.TIME_RANGE);
    Names known = names.all(cancel);
    String sql =
        "SELECT name, min(dur), max(dur), avg(dur), coalesce(stddev_samp(dur), 0), count(*),"
            + " sum(dur)::BIGINT, arg_min(ts, dur), arg_max(ts, dur) FROM ("
            + latency.sql(source)
            + ") WHERE ts >= $1 AND ts < $2 GROUP BY GROUPING SETS ((), (name))"
            + " ORDER BY name NULLS FIRST";
    Range asked = Range.orAll(range, source);
    return Facts.query(
        source,
        cancel,
        sql,
        List.of(asked.beginNs(), asked.endNs()),
        rows -> {
          while (rows.next()) {
            if (rows.longAt(5) > 0) {
              String name = rows.textAt(0);
              long id = name == null ? 0 : known.id(name);
              tree.add(
                  id, name == null ? -1 : 0, true, labels(rows, name == null ? "Total" : name));
            }
          }
          return tree.model();
        });
  }

  private static List<String> labels(Rows rows, String label) {
    long least = rows.longAt(7);
    long most = rows.longAt(8);
    return List.of(
        label,
        TspText.duration(rows.longAt(1)),
        TspText.duration(rows.longAt(2)),
        TspText.duration(Math.round(rows.doubleAt(3))),
        TspText.duration(Math.round(rows.doubleAt(4))),
        Long.toString(rows.longAt(5)),
        TspText.duration(rows.longAt(6)),
        TspText.range(least, least + rows.longAt(1)),
        TspText.range(most, most + rows.longAt(2)));
  }
}
