package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Report;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.tsp.LatencyNames.Names;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.tables.Rows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What takes time as points over time (a scatter chart), or as numbers of occurrences by duration
/// (a density chart). An entry for each name; ids count from 1.
final class LatencyChartOutput implements Output.Xy {
  private static final int USUAL_POINTS = 1000;
  private static final int USUAL_BARS = 100;
  private static final int MOST_BARS = 2000;

  private final OpenTrace source;
  private final Latency latency;
  private final LatencyNames names;
  private final boolean isScatter;

  LatencyChartOutput(OpenTrace source, Latency latency, LatencyNames names, boolean isScatter) {
    this.source = source;
    this.latency = latency;
    this.names = names;
    this.isScatter = isScatter;
  }

  @Override
  public Descriptor descriptor() {
    // Clients draw points where the id says scatter.
    return isScatter
        ? new Descriptor(
            latency.id() + "-latency-scatter",
            latency.title() + " scatter",
            "A point for each occurrence (of many in one place the longest), by name.",
            Type.TREE_TIME_XY)
        : new Descriptor(
            latency.id() + "-latency-density",
            latency.title() + " density",
            "How often it took how long, by name.",
            Type.TREE_GENERIC_XY);
  }

  @Override
  public List<Report.Need> needs() {
    return latency.needs();
  }

  private Curves.Kind kind() {
    return isScatter ? Curves.Kind.SCATTER : Curves.Kind.BAR;
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Entries tree =
        new Entries()
            .header("Name", "", DataType.STRING)
            .header("Count", "in the range", DataType.NUMBER)
            .header("Total", "in the range", DataType.DURATION);
    Names known = names.all(cancel);
    String sql =
        "SELECT name, count(*), sum(dur)::BIGINT FROM ("
            + latency.sql(source)
            + ") WHERE ts >= $1 AND ts < $2 GROUP BY name ORDER BY sum(dur) DESC, name";
    Range asked = Range.orAll(range, source);
    return Facts.query(
        source,
        cancel,
        sql,
        List.of(asked.beginNs(), asked.endNs()),
        rows -> {
          while (rows.next()) {
            String name = String.valueOf(rows.textAt(0));
            long id = known.id(name);
            Map<String, Object> entry =
                tree.add(
                    id,
                    -1,
                    true,
                    List.of(name, Long.toString(rows.longAt(1)), TspText.duration(rows.longAt(2))));
            entry.put("isDefault", true);
            entry.put("style", Curves.style(kind(), id));
          }
          return tree.model();
        });
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    Names known = names.all(cancel);
    Set<Long> wanted = new HashSet<>(items);
    return isScatter ? points(range, wanted, known, cancel) : bars(range, wanted, known, cancel);
  }

  /// Numbers in the order in which they come.
  private static final class Pairs {
    private long[] left = new long[64];
    private double[] right = new double[64];
    private int size;

    void add(long first, double second) {
      if (size == left.length) {
        left = Arrays.copyOf(left, 2 * size);
        right = Arrays.copyOf(right, 2 * size);
      }
      left[size] = first;
      right[size++] = second;
    }
  }

  private Object points(Range range, Set<Long> wanted, Names known, Cancel cancel) {
    int count = range.count() == 0 ? USUAL_POINTS : range.count();
    long width = Math.max(1, Math.ceilDiv(range.endNs() - range.beginNs(), count));
    // A place is a pixel wide and a twentieth of a power of ten high.
    String sql =
        "SELECT name, arg_max(ts, dur) AS moment, max(dur) FROM ("
            + latency.sql(source)
            + ") WHERE ts >= $1 AND ts <= $2"
            + " GROUP BY name, (ts - $1) // $3, floor(20 * log10(dur + 1)) ORDER BY name, moment";
    Map<Long, Pairs> points = new TreeMap<>();
    Facts.query(
        source,
        cancel,
        sql,
        List.of(range.beginNs(), range.endNs(), width),
        rows -> collect(rows, known, wanted, points));
    Curves chart = new Curves(descriptor().name(), Curves.Kind.SCATTER);
    points.forEach((id, pairs) ->
        chart.add(
            id,
            known.name(id),
            Arrays.copyOf(pairs.left, pairs.size),
            Arrays.copyOf(pairs.right, pairs.size),
            Axis.of("Duration", ColumnUnit.NANOSECONDS)));
    return chart.model();
  }

  private static boolean collect(Rows rows, Names known, Set<Long> wanted, Map<Long, Pairs> found) {
    while (rows.next()) {
      long id = known.id(rows.textAt(0));
      if (wanted.contains(id)) {
        found.computeIfAbsent(id, _ -> new Pairs()).add(rows.longAt(1), rows.longAt(2));
      }
    }
    return true;
  }

  private Object bars(Range range, Set<Long> wanted, Names known, Cancel cancel) {
    int count = range.count() == 0 ? USUAL_BARS : Math.min(range.count(), MOST_BARS);
    String within = " FROM (" + latency.sql(source) + ") WHERE ts >= $1 AND ts <= $2";
    long longest =
        Facts.query(
            source,
            cancel,
            "SELECT coalesce(max(dur), 0)" + within,
            List.of(range.beginNs(), range.endNs()),
            rows -> rows.next() ? rows.longAt(0) : 0L);
    long width = Math.max(1, Math.ceilDiv(longest + 1, count));
    Map<Long, Pairs> numbers = new TreeMap<>();
    Facts.query(
        source,
        cancel,
        "SELECT name, dur // $3 AS bar, count(*)" + within + " GROUP BY name, bar",
        List.of(range.beginNs(), range.endNs(), width),
        rows -> collect(rows, known, wanted, numbers));
    long[] bounds = new long[2 * count];
    for (int i = 0; i < count; i++) {
      bounds[2 * i] = i * width;
      bounds[2 * i + 1] = (i + 1) * width - 1;
    }
    Curves chart = new Curves(descriptor().name(), Curves.Kind.BAR);
    numbers.forEach((id, pairs) -> {
      double[] values = new double[count];
      for (int i = 0; i < pairs.size; i++) {
        values[(int) pairs.left[i]] += pairs.right[i];
      }
      chart.addRanges(
          id,
          known.name(id),
          bounds,
          values,
          Axis.of("Duration", ColumnUnit.NANOSECONDS),
          Axis.of("Occurrences", ColumnUnit.COUNT));
    });
    return chart.model();
  }
}
