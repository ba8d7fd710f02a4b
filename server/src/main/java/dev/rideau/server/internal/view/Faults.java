package dev.rideau.server.internal.view;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.tables.Rows;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is wrong with the bytes of a trace: told by its readers when it was opened, and by the
/// tables that were made of its records. Thread-safe.
final class Faults {
  private static final int MOST = 1000;

  /// A time that is not known.
  private static final TimeRange NEVER = new TimeRange(0, -1);

  private final OpenTrace trace;

  Faults(OpenTrace trace) {
    this.trace = trace;
  }

  /// Those that touch a range of time or are at no known time, of one machine.
  ///
  /// @param host its number
  List<Fault> in(Sessions.Lease lease, TimeRange range, int host) {
    Map<String, Fault> found = new LinkedHashMap<>();
    for (Diagnostic each : trace.diagnostics()) {
      if (each.severity() != Severity.NOTE && hostOf(each.origin()) == host) {
        TimeRange when = within(each.beginNs(), each.endNs());
        add(
            found,
            range,
            new Fault(
                each.severity() == Severity.ERROR ? "error" : "warning",
                each.rule(),
                each.origin().toString(),
                each.message(),
                Objects.requireNonNullElse(each.advice(), ""),
                when.beginNs(),
                when.endNs(),
                -1));
      }
    }
    recorded(lease, host).forEach(fault -> add(found, range, fault));
    return List.copyOf(found.values());
  }

  private static void add(Map<String, Fault> found, TimeRange range, Fault fault) {
    boolean isWanted =
        !fault.hasTime() || fault.beginNs() < range.endNs() && fault.endNs() >= range.beginNs();
    if (isWanted && found.size() < MOST) {
      found.putIfAbsent(fault.text(), fault);
    }
  }

  /// Those that the tables tell of.
  ///
  /// @param host number of the machine; null for all
  List<Fault> recorded(Sessions.Lease lease, @Nullable Integer host) {
    // A damaged packet is told with all of its time; from where on its records are missing is known
    // of the CPU that has a loss within it, unless several have.
    String sql =
        "SELECT d.severity, d.rule, d.origin, d.message, d.advice, d.host, d.ts,"
            + " d.ts + coalesce(d.dur, 0), count(DISTINCT l.cpu), min(l.cpu), min(l.ts),"
            + " max(l.ts + l.dur)"
            + " FROM diagnostic d LEFT JOIN loss l ON d.severity = 'error' AND l.kind = 'damaged'"
            + " AND l.host = d.host AND l.ts >= d.ts AND l.ts <= d.ts + d.dur"
            + " WHERE d.severity IN ('error', 'warning') AND ($1 IS NULL OR d.host = $1)"
            + " GROUP BY ALL ORDER BY 7 NULLS FIRST, 3, 4 LIMIT "
            + MOST;
    List<Fault> found = new ArrayList<>();
    try (Rows rows = lease.database().query(sql, host)) {
      while (rows.next()) {
        boolean isPlaced = rows.longAt(8) == 1;
        int when = isPlaced ? 10 : 6;
        TimeRange range = rows.isNull(6) ? NEVER : within(rows.longAt(when), rows.longAt(when + 1));
        found.add(
            new Fault(
                text(rows, 0),
                text(rows, 1),
                text(rows, 2),
                text(rows, 3),
                text(rows, 4),
                range.beginNs(),
                range.endNs(),
                isPlaced
                    ? trace.timeline().rowOfCpu((int) rows.longAt(5), (int) rows.longAt(9))
                    : -1));
      }
    }
    return found;
  }

  private static String text(Rows rows, int column) {
    return Objects.requireNonNullElse(rows.textAt(column), "");
  }

  // Packets may begin long before the first record: what is outside the recording is of no use.
  private TimeRange within(long beginNs, long endNs) {
    if (beginNs == PacketIndex.UNKNOWN || endNs == PacketIndex.UNKNOWN) {
      return NEVER;
    }
    TimeRange span = trace.span();
    long begin = Math.clamp(beginNs, span.beginNs(), span.endNs());
    return new TimeRange(begin, Math.clamp(endNs, begin, span.endNs()));
  }

  // The machine whose stream lies in a file; the first for files that are no streams.
  private int hostOf(Origin origin) {
    Path file = origin.file();
    List<String> hosts = trace.hosts();
    if (file == null || hosts.size() < 2) {
      return 0;
    }
    for (DataStream stream : trace.records().dataStreams()) {
      if (stream.packets().files().contains(file)) {
        return EventTable.hostOf(stream, hosts);
      }
    }
    return 0;
  }
}
