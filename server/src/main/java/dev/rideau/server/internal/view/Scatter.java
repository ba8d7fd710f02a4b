package dev.rideau.server.internal.view;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Single durations over time, one for each pixel that has any.
///
/// @param total how many there are
/// @param points the longest of each pixel and series
/// @param series names by number
public record Scatter(long total, List<Point> points, List<String> series) {
  private static final int MOST_POINTS = 200_000;

  /// Classes of durations for each doubling, so that all heights of screens are served.
  private static final double DOUBLINGS = 40;

  /// One duration.
  ///
  /// @param ns when, absolute
  /// @param durationNs how long
  /// @param series number of its series
  /// @param row id of the row of its thread or CPU, -1 for none
  public record Point(long ns, long durationNs, int series, int row) {}

  /// How long it took is known only of what began and ended in the recording.
  private static final String WHOLE = " WHERE clipped = 0";

  /// Calls that go on elsewhere rather than return take no time.
  private static final String RETURNS = " AND NOT (dur = 0 AND name LIKE '%sigreturn')";

  /// What there is.
  public enum Kind {
    SYSCALL(
        "SELECT host, ts, dur AS v, name AS series, utid, NULL AS cpu FROM syscall"
            + WHOLE
            + RETURNS),
    WAKEUP(
        "SELECT host, ts, latency AS v, context AS series, utid, NULL AS cpu FROM wakeup"
            + " WHERE latency IS NOT NULL"),
    DISK(
        "SELECT host, ts, dur AS v, direction AS series, utid, NULL AS cpu FROM block_request"
            + WHOLE),
    IO("SELECT host, ts, dur AS v, operation AS series, utid, NULL AS cpu FROM io" + WHOLE),
    IRQ(
        "SELECT host, ts, dur AS v, coalesce(name, irq::VARCHAR) AS series, NULL AS utid, cpu"
            + " FROM irq"
            + WHOLE),
    SOFTIRQ("SELECT host, ts, dur AS v, name AS series, NULL AS utid, cpu FROM softirq" + WHOLE);

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    /// The kind with a name.
    ///
    /// @throws HttpFailure 404 when there is none
    public static Kind of(String name) {
      for (Kind kind : values()) {
        if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
          return kind;
        }
      }
      throw HttpFailure.unknown("there is no scatter plot '" + name + "'");
    }
  }

  /// What else is left out.
  ///
  /// @param tid all but this thread, or null
  /// @param name all but series or threads with this name, or null
  /// @param host all but the machine with this number, or null
  public record Only(@Nullable Long tid, @Nullable String name, @Nullable Integer host) {}

  /// Asks the database.
  static Scatter ask(
      OpenTrace trace, Kind kind, Window window, int height, Only only, Cancel cancel) {
    String sql =
        "WITH found AS (SELECT f.* FROM ("
            + kind.sql
            + ") f LEFT JOIN thread t ON t.utid = f.utid WHERE f.ts >= $1 AND f.ts < $2"
            + " AND ($3 IS NULL OR t.tid = $3) AND ($4 IS NULL OR f.series = $4 OR t.name = $4))"
            + " SELECT count(*)::BIGINT, arg_max(ts, v), max(v), series, arg_max(utid, v),"
            + " any_value(host), arg_max(cpu, v) FROM found"
            + " GROUP BY floor((ts - $1) / $5), floor(log2(greatest(v, 1)) * $6), series";
    Map<String, Integer> series = new LinkedHashMap<>();
    List<Point> points = new ArrayList<>();
    long total = 0;
    TimeRange range = new TimeRange(window.beginNs(), window.endNs());
    try (Sessions.Lease lease = trace.session(cancel);
        Rows rows =
            lease
                .limitTo(only.host)
                .query(
                    sql,
                    range.beginNs(),
                    range.endNs(),
                    only.tid,
                    only.name,
                    Math.max(1.0, window.pixelNs()),
                    height / DOUBLINGS)) {
      while (rows.next() && points.size() < MOST_POINTS) {
        total += rows.longAt(0);
        String label = String.valueOf(rows.textAt(3));
        int number = series.computeIfAbsent(label, _ -> series.size());
        int row =
            rows.isNull(4)
                ? rows.isNull(6)
                    ? -1
                    : trace.timeline().rowOfCpu((int) rows.longAt(5), (int) rows.longAt(6))
                : trace.timeline().rowOfThread(rows.longAt(4));
        points.add(new Point(rows.longAt(1), rows.longAt(2), number, row));
      }
    }
    return new Scatter(total, points, List.copyOf(series.keySet()));
  }
}
