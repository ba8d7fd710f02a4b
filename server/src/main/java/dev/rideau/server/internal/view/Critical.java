package dev.rideau.server.internal.view;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Critical paths of threads.
///
/// @param segments in the order of time
/// @param isTruncated whether there are more
public record Critical(List<Segment> segments, boolean isTruncated) {
  private static final int MOST = 20_000;

  /// A piece of the path.
  ///
  /// @param row id of the row of the thread, -1 for none
  /// @param beginNs absolute
  /// @param key `running`, `runnable`, `disk`, `timer`, `network`, `interrupt`, `blocked`,
  ///   `stopped`, `unknown`
  /// @param thread its name
  /// @param text more, maybe empty
  /// @param depth how many threads wait for this one in turn
  /// @param wakesRow id of the row of the thread that goes on at its end, -1 for none
  public record Segment(
      int row,
      long beginNs,
      long endNs,
      String key,
      String thread,
      String text,
      int depth,
      int wakesRow) {}

  /// That of the thread in a row.
  static Critical of(OpenTrace trace, int rowId, TimeRange range, Cancel cancel) {
    Timeline timeline = trace.timeline();
    TimelineRow row = timeline.row(rowId);
    if (row.utid() < 0) {
      throw HttpFailure.bad("row " + rowId + " is no thread");
    }
    try (Sessions.Lease lease = trace.session(cancel)) {
      ReportRunner runner = new ReportRunner(FactSource.of(lease.database()));
      // Only for what it prepares: the table that is asked below.
      runner.sql(
          ReportCatalog.bundled().named("critical-path-summary"),
          Map.of("utid", Long.toString(row.utid())),
          range);
      String sql =
          "SELECT c.ts, c.ts + c.dur, c.utid, c.kind, coalesce(c.syscall, c.detail, ''), c.depth,"
              + " c.wakes, t.name || ' (' || t.tid || ')' FROM critical_path c LEFT JOIN thread t"
              + " ON t.utid = c.utid ORDER BY c.ts LIMIT "
              + (MOST + 1);
      List<Segment> segments = new ArrayList<>();
      try (Rows rows = lease.database().query(sql)) {
        while (rows.next()) {
          segments.add(
              new Segment(
                  timeline.rowOfThread(rows.longAt(2)),
                  rows.longAt(0),
                  rows.longAt(1),
                  text(rows.textAt(3)),
                  text(rows.textAt(7)),
                  text(rows.textAt(4)),
                  (int) rows.longAt(5),
                  rows.isNull(6) ? -1 : timeline.rowOfThread(rows.longAt(6))));
        }
      }
      boolean isTruncated = segments.size() > MOST;
      return new Critical(isTruncated ? segments.subList(0, MOST) : segments, isTruncated);
    } catch (ReportException failure) {
      throw Tables.wrong(failure);
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
