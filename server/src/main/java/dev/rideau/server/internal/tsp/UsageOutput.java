package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Report;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.RowKind;
import dev.rideau.server.internal.view.TimelineRow;
import dev.rideau.server.internal.view.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CPU time over time, of all CPUs together, of each CPU, of processes and threads, as a share of
/// one CPU. Entry 0 is everything; the others have the id of their row of the timeline plus 1.
final class UsageOutput implements Output.Xy {
  private static final int USUAL_POINTS = 1000;
  private static final long TOTAL = 0;

  private final OpenTrace source;

  UsageOutput(OpenTrace source) {
    this.source = source;
  }

  @Override
  public Descriptor descriptor() {
    return new Descriptor(
        "cpu-usage",
        "CPU Usage",
        "Time that CPUs, processes and threads ran, as a share of one CPU.",
        Type.TREE_TIME_XY);
  }

  @Override
  public List<Report.Need> needs() {
    return List.of(new Report.Need(List.of("sched_switch")));
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Range asked = Range.orAll(range, source);
    long begin = asked.beginNs();
    long end = Math.max(begin + 1, asked.endNs());
    Map<Integer, Long> times = times(begin, end, cancel);
    Entries tree =
        new Entries()
            .header("Name", "", DataType.STRING)
            .header("TID", "the kernel's id of the thread", DataType.NUMBER)
            .header("%", "share of one CPU in the range", DataType.NUMBER)
            .header("Time", "CPU time in the range", DataType.DURATION)
            .expand(1);
    long total = 0;
    for (TimelineRow row : source.timeline().rows()) {
      total += row.kind() == RowKind.CPU ? times.getOrDefault(row.id(), 0L) : 0;
    }
    tree.add(TOTAL, -1, true, labels("Total", -1, total, end - begin)).put("isDefault", true);
    for (TimelineRow row : source.timeline().rows()) {
      long time = times.getOrDefault(row.id(), 0L);
      if (row.kind() == RowKind.CPU || time > 0) {
        long parent = row.kind() == RowKind.THREAD ? row.parent() + 1L : TOTAL;
        tree.add(row.id() + 1L, parent, true, labels(label(row), row.tid(), time, end - begin));
      }
    }
    return tree.model();
  }

  private String label(TimelineRow row) {
    return row.kind() == RowKind.THREAD ? row.name() : row.name() + source.ofHost(row.host());
  }

  private static List<String> labels(String name, long tid, long ns, long span) {
    return List.of(
        name,
        tid < 0 ? "" : Long.toString(tid),
        TspText.percent(100.0 * ns / span),
        TspText.duration(ns));
  }

  /// Exact CPU time of rows in a range, by id.
  private Map<Integer, Long> times(long begin, long end, Cancel cancel) {
    Map<Long, Long> ofThreads = new HashMap<>();
    Map<String, Long> ofCpus = new HashMap<>();
    String sql =
        "SELECT s.utid, s.host, s.cpu, sum(overlap_ns(s.ts, s.dur, $1, $2))::BIGINT"
            + " FROM sched_slice s JOIN thread t USING (utid)"
            + " WHERE NOT t.is_idle AND s.ts < $2 AND s.ts + s.dur > $1"
            + " GROUP BY s.utid, s.host, s.cpu";
    Facts.query(
        source,
        cancel,
        sql,
        List.of(begin, end),
        rows -> {
          while (rows.next()) {
            ofThreads.merge(rows.longAt(0), rows.longAt(3), Long::sum);
            ofCpus.merge(rows.longAt(1) + " " + rows.longAt(2), rows.longAt(3), Long::sum);
          }
          return true;
        });
    Map<Integer, Long> times = new HashMap<>();
    for (TimelineRow row : source.timeline().rows()) {
      if (row.kind() == RowKind.CPU) {
        times.put(row.id(), ofCpus.getOrDefault(row.host() + " " + row.cpu(), 0L));
      } else if (row.kind() == RowKind.THREAD) {
        long time = ofThreads.getOrDefault(row.utid(), 0L);
        times.put(row.id(), time);
        times.merge(row.parent(), time, Long::sum);
      }
    }
    return times;
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    int count = range.count() == 0 ? USUAL_POINTS : Math.min(range.count(), Window.MOST_PIXELS);
    long end = Math.max(range.endNs(), range.beginNs() + 1);
    Window window = new Window(range.beginNs(), end, count);
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = range.beginNs() + Math.round(i * window.pixelNs());
    }
    Curves chart = new Curves(descriptor().name(), Curves.Kind.LINE);
    List<TimelineRow> rows = source.timeline().rows();
    Set<Long> seen = new HashSet<>();
    for (long item : items) {
      if (item < 0 || item > rows.size() || !seen.add(item)) {
        continue;
      }
      cancel.check();
      double[] sums = new double[count];
      for (int row : rowsOf(item)) {
        double[] busy = source.timeline().busy(row, window);
        for (int i = 0; i < count; i++) {
          sums[i] += busy[i];
        }
      }
      for (int i = 0; i < count; i++) {
        sums[i] *= 100 / window.pixelNs();
      }
      String name = item == TOTAL ? "Total" : label(rows.get((int) item - 1));
      chart.add(item, name, times, sums, Axis.of("CPU usage", ColumnUnit.PERCENT));
    }
    return chart.model();
  }

  // The rows whose work is that of an entry.
  private List<Integer> rowsOf(long item) {
    List<Integer> found = new ArrayList<>();
    for (TimelineRow row : source.timeline().rows()) {
      boolean isWanted =
          item == TOTAL
              ? row.kind() == RowKind.CPU
              : row.kind() == RowKind.THREAD && row.parent() + 1L == item
                  || row.id() + 1L == item
                      && (row.kind() == RowKind.CPU || row.kind() == RowKind.THREAD);
      if (isWanted) {
        found.add(row.id());
      }
    }
    return found;
  }
}
