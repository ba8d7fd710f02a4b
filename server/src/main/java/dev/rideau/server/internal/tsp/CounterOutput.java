package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Numbers that rise and fall: frequencies, queues, rates.
///
/// A counter is a statement over intervals (its value is the mean over a part of the time) or over
/// moments (its value is how many of them come in a second). Entries of counters have ids in steps
/// of 10,000; the curves of one follow it.
final class CounterOutput implements Output.Xy {
  private static final int STEP = 10_000;
  private static final int USUAL_POINTS = 500;
  private static final int MOST_POINTS = 2000;

  private final OpenTrace source;
  private final Map<Integer, List<String>> curves = new HashMap<>();

  /// @param sql rows with `host`, `series` and `ts`, of intervals also `dur` and `weight`
  private record Counter(String name, ColumnUnit unit, boolean isOfIntervals, String sql) {}

  private static final List<Counter> COUNTERS =
      List.of(
          intervals(
              "CPU frequency",
              ColumnUnit.KILOHERTZ,
              "SELECT host, 'CPU ' || cpu AS series, ts, dur, frequency AS weight FROM cpu_frequency"),
          intervals(
              "Threads that wait for a CPU",
              ColumnUnit.NUMBER,
              "SELECT host, 'waiting' AS series, ts, dur, 1 AS weight FROM thread_state"
                  + " WHERE state = 'runnable'"),
          intervals(
              "Threads that wait for a disk",
              ColumnUnit.NUMBER,
              "SELECT host, 'waiting' AS series, ts, dur, 1 AS weight FROM thread_state"
                  + " WHERE state = 'blocked' AND detail = 'disk'"),
          intervals(
              "Requests at a disk",
              ColumnUnit.NUMBER,
              "SELECT r.host, coalesce(d.name, r.device::VARCHAR) AS series, r.issue_ts AS ts,"
                  + " r.service AS dur, 1 AS weight FROM block_request r LEFT JOIN block_device d"
                  + " ON d.host = r.host AND d.device = r.device WHERE r.issue_ts IS NOT NULL"),
          moments("Context switches", "SELECT host, 'CPU ' || cpu AS series, ts FROM sched_slice"),
          moments("Wakeups", "SELECT host, 'all' AS series, ts FROM wakeup"),
          moments("Migrations", "SELECT host, 'all' AS series, ts FROM migration"),
          moments("System calls", "SELECT host, 'all' AS series, ts FROM syscall"),
          moments("Interrupts", "SELECT host, 'CPU ' || cpu AS series, ts FROM irq"),
          moments("Softirqs", "SELECT host, name AS series, ts FROM softirq"),
          moments("Page faults", "SELECT host, 'all' AS series, ts FROM page_fault"),
          moments(
              "Network packets",
              "SELECT host, device || ' ' || operation AS series, ts FROM net_packet"));

  CounterOutput(OpenTrace source) {
    this.source = source;
  }

  private static Counter intervals(String name, ColumnUnit unit, String sql) {
    return new Counter(name, unit, true, sql);
  }

  private static Counter moments(String name, String sql) {
    return new Counter(name, ColumnUnit.PER_SECOND, false, sql);
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "counters", "Counters", "Frequencies, queues and rates over time.", Type.TREE_TIME_XY);
  }

  // Names of the curves of a counter over the whole trace, asked once.
  private synchronized List<String> curves(int counter, Cancel cancel) {
    List<String> known = curves.get(counter);
    if (known == null) {
      String sql =
          "SELECT DISTINCT series FROM ("
              + Facts.ofHosts(source, COUNTERS.get(counter).sql, "series")
              + ") WHERE series IS NOT NULL ORDER BY series LIMIT "
              + (STEP - 1);
      known =
          Facts.query(
              source,
              cancel,
              sql,
              List.of(),
              rows -> {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                  names.add(String.valueOf(rows.textAt(0)));
                }
                return names;
              });
      curves.put(counter, known);
    }
    return known;
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Entries tree =
        new Entries().header("Name", "", DataType.STRING).header("Unit", "", DataType.STRING);
    for (int counter = 0; counter < COUNTERS.size(); counter++) {
      List<String> names = curves(counter, cancel);
      if (!names.isEmpty()) {
        Counter each = COUNTERS.get(counter);
        long id = (long) counter * STEP;
        tree.add(id, -1, false, List.of(each.name, each.unit.text()));
        for (int i = 0; i < names.size(); i++) {
          tree.add(id + 1 + i, id, true, List.of(names.get(i), each.unit.text()))
              .put("style", Curves.style(Curves.Kind.LINE, id + 1 + i));
        }
      }
    }
    return tree.model();
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    int count = range.count() == 0 ? USUAL_POINTS : Math.min(range.count(), MOST_POINTS);
    long span = Math.max(1, range.endNs() - range.beginNs());
    long width = Math.ceilDiv(span, count);
    int parts = (int) Math.ceilDiv(span, width);
    Curves chart = new Curves(descriptor().name(), Curves.Kind.LINE);
    Map<Integer, Set<Long>> wanted = new TreeMap<>();
    for (long item : items) {
      if (item >= 0 && item < (long) COUNTERS.size() * STEP && item % STEP > 0) {
        wanted.computeIfAbsent((int) (item / STEP), _ -> new HashSet<>()).add(item);
      }
    }
    long[] times = Curves.times(range.beginNs(), width, parts);
    wanted.forEach((counter, ids) -> {
      Counter each = COUNTERS.get(counter);
      List<String> names = curves(counter, cancel);
      Map<String, double[]> values = values(each, range.beginNs(), span, width, parts, cancel);
      for (int i = 0; i < names.size(); i++) {
        long id = (long) counter * STEP + 1 + i;
        if (ids.contains(id)) {
          chart.add(
              id,
              each.name + ", " + names.get(i),
              times,
              values.getOrDefault(names.get(i), new double[parts]),
              Axis.of(each.name, each.unit));
        }
      }
    });
    return chart.model();
  }

  private Map<String, double[]> values(
      Counter counter, long begin, long span, long width, int parts, Cancel cancel) {
    String rowsOfHosts = Facts.ofHosts(source, counter.sql, "series");
    String sql =
        counter.isOfIntervals
            ? "SELECT series, bin, sum(weight * bin_overlap_ns(b, e - b, bin, $1, $3)) / $3::DOUBLE"
                + " FROM (SELECT *, unnest(bins_of(b, e - b, $1, $3)) AS bin FROM (SELECT series,"
                + " weight, greatest(ts, $1) AS b, least(ts + dur, $2) AS e FROM ("
                + rowsOfHosts
                + ") WHERE ts < $2 AND ts + dur > $1 AND dur > 0)) GROUP BY series, bin"
            : "SELECT series, (ts - $1) // $3 AS bin, count(*) * 1e9 / $3 FROM ("
                + rowsOfHosts
                + ") WHERE ts >= $1 AND ts < $2 GROUP BY series, bin";
    Map<String, double[]> values = new HashMap<>();
    Facts.query(
        source,
        cancel,
        sql,
        List.of(begin, begin + span, width),
        rows -> {
          while (rows.next()) {
            int bin = (int) rows.longAt(1);
            if (bin >= 0 && bin < parts) {
              values.computeIfAbsent(String.valueOf(rows.textAt(0)), _ -> new double[parts])[bin] =
                  rows.doubleAt(2);
            }
          }
          return true;
        });
    return values;
  }
}
