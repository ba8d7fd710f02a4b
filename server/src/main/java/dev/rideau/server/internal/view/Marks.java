package dev.rideau.server.internal.view;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Losses, findings and diagnostics as marks on the timeline. Thread-safe.
public final class Marks {
  private static final int MOST = 1000;

  private final OpenTrace trace;

  Marks(OpenTrace trace) {
    this.trace = trace;
  }

  /// Those that meet a range of time; many losses of one CPU near each other are one mark.
  public List<Mark> in(TimeRange range, Cancel cancel) {
    List<Mark> marks = new ArrayList<>();
    addFindings(range, cancel, marks);
    try (Sessions.Lease lease = trace.session(cancel)) {
      addLosses(lease, range, marks);
      addDiagnostics(lease, range, marks);
    }
    return marks;
  }

  private void addFindings(TimeRange range, Cancel cancel, List<Mark> marks) {
    for (int host = 0; host < Math.max(1, trace.hosts().size()); host++) {
      addFindings(range, host, cancel, marks);
    }
  }

  private void addFindings(TimeRange range, int host, Cancel cancel, List<Mark> marks) {
    String machine = trace.hosts().size() > 1 ? trace.hosts().get(host) + ": " : "";
    for (Explainer.Located each :
        trace.explainer().explain(trace.span(), host, cancel).findings()) {
      TimeRange place = each.place();
      if (!each.isWhole() && place.beginNs() < range.endNs() && place.endNs() > range.beginNs()) {
        marks.add(
            new Mark(
                "finding",
                place.beginNs(),
                place.endNs(),
                each.row(),
                (int) each.finding().severity(),
                machine + each.finding().summary()));
      }
    }
  }

  private void addLosses(Sessions.Lease lease, TimeRange range, List<Mark> marks) {
    String sql =
        "SELECT min(ts), max(ts + dur), host, cpu, kind, sum(count)::BIGINT, count(*)"
            + " FROM loss WHERE ts < $2 AND ts + dur >= $1"
            + " GROUP BY host, cpu, kind, ts // $3 ORDER BY 1 LIMIT "
            + MOST;
    long width = Math.max(1, range.durationNs() / 2000);
    try (Rows losses = lease.database().query(sql, range.beginNs(), range.endNs(), width)) {
      while (losses.next()) {
        String cpu = losses.isNull(3) ? "" : " on CPU " + losses.longAt(3);
        String where = cpu + trace.ofHost((int) losses.longAt(2));
        marks.add(
            new Mark(
                "loss",
                losses.longAt(0),
                losses.longAt(1),
                losses.isNull(3)
                    ? -1
                    : trace.timeline().rowOfCpu((int) losses.longAt(2), (int) losses.longAt(3)),
                2,
                lossText(String.valueOf(losses.textAt(4)), losses.textAt(5)) + where));
      }
    }
  }

  // For each kind of loss that there is.
  private static String lossText(String kind, @Nullable String count) {
    return switch (kind) {
      case "missing begin" -> "the begin is missing";
      case "missing end" -> "the end is missing";
      case "not recorded" -> "nothing was recorded";
      case "damaged" -> "damaged, records are missing";
      default -> "lost " + (count == null ? "an unknown number of" : count) + " " + kind;
    };
  }

  private void addDiagnostics(Sessions.Lease lease, TimeRange range, List<Mark> marks) {
    String sql =
        "SELECT greatest(ts, $3), greatest(ts + coalesce(dur, 0), $3), severity,"
            + " concat_ws('; ', concat_ws(': ', nullif(origin, ''), message), advice)"
            + " FROM diagnostic"
            + " WHERE ts < $2 AND ts + coalesce(dur, 0) >= $1 ORDER BY 1 LIMIT "
            + MOST;
    try (Rows rows =
        lease.database().query(sql, range.beginNs(), range.endNs(), trace.span().beginNs())) {
      while (rows.next() && marks.size() < 2 * MOST) {
        int severity =
            switch (String.valueOf(rows.textAt(2))) {
              case "error" -> 3;
              case "warning" -> 2;
              default -> 0;
            };
        marks.add(
            new Mark(
                "diagnostic",
                rows.longAt(0),
                rows.longAt(1),
                -1,
                severity,
                String.valueOf(rows.textAt(3))));
      }
    }
  }
}
