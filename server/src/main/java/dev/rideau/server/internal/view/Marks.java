package dev.rideau.server.internal.view;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.reports.ValueText;
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
      marks.addAll(losses(lease, range, null, Math.max(1, range.durationNs() / 2000)));
      addFaults(lease, range, marks);
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

  /// Losses that meet a range of time: all of one kind and CPU as one.
  ///
  /// @param host number of the machine
  List<Mark> losses(Sessions.Lease lease, TimeRange range, int host) {
    return losses(lease, range, host, Long.MAX_VALUE);
  }

  /// @param host number of the machine, null for all
  /// @param widthNs losses of one kind and CPU within so much time are one
  private List<Mark> losses(
      Sessions.Lease lease, TimeRange range, @Nullable Integer host, long widthNs) {
    String sql =
        "SELECT min(ts), max(ts + dur), host, cpu, kind,"
            + " CASE WHEN count(count) = count(*) THEN sum(count)::BIGINT END"
            + " FROM loss WHERE ts < $2 AND ts + dur >= $1 AND ($4 IS NULL OR host = $4)"
            + " GROUP BY host, cpu, kind, ts // $3 ORDER BY 1, 4, 5 LIMIT "
            + MOST;
    List<Mark> marks = new ArrayList<>();
    try (Rows losses = lease.database().query(sql, range.beginNs(), range.endNs(), widthNs, host)) {
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
    return marks;
  }

  // For each kind of loss that there is.
  private static String lossText(String kind, @Nullable String count) {
    return switch (kind) {
      case "missing begin" -> "the begin is missing";
      case "missing end" -> "the end is missing";
      case "not recorded" -> "nothing was recorded";
      case "damaged" -> "damaged, records are missing";
      case "discarded events" -> lost(count, "event");
      case "discarded packets" -> lost(count, "packet");
      default -> kind;
    };
  }

  private static String lost(@Nullable String count, String thing) {
    return switch (count) {
      case null -> "an unknown number of " + thing + "s was lost";
      case "1" -> "one " + thing + " was lost";
      default -> ValueText.grouped(Long.parseLong(count)) + " " + thing + "s were lost";
    };
  }

  private void addFaults(Sessions.Lease lease, TimeRange range, List<Mark> marks) {
    for (Fault fault : trace.faults().recorded(lease, null)) {
      boolean isWithin = fault.beginNs() < range.endNs() && fault.endNs() >= range.beginNs();
      if (fault.hasTime() && isWithin) {
        int severity = fault.severity().equals("error") ? 3 : 2;
        marks.add(
            new Mark(
                "diagnostic", fault.beginNs(), fault.endNs(), fault.row(), severity, fault.text()));
      }
    }
  }
}
