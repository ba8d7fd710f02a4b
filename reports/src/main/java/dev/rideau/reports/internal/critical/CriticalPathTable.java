package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.internal.TextRows;
import dev.rideau.tables.Rows;
import java.util.List;
import java.util.Map;

/// The critical path as a temporary table for reports that say `prepare: critical_path`.
///
/// ```
/// step  ts  dur  utid  kind  detail  syscall  cpu  depth  wakes
/// ```
///
/// It is that of the thread which the parameters `tid`, `proc` and `utid` name; without them, of
/// the thread that ran most. A report with a parameter `span` asks for that of a program's own
/// work: of the longest span that `span` and `id` name, from its begin to its end in the thread
/// where it ends.
public final class CriticalPathTable {
  /// What the header of a report calls it, and the name of the table.
  public static final String NAME = "critical_path";

  /// Tables that are read for it.
  public static final String USES = "thread process thread_state wakeup net_packet";

  private static final String COLUMNS =
      "f[1]::BIGINT, f[2]::BIGINT, f[3]::BIGINT, f[4]::BIGINT, nullif(f[5], ''), nullif(f[6], ''),"
          + " nullif(f[7], ''), nullif(f[8], '')::INTEGER, f[9]::INTEGER, nullif(f[10], '')::BIGINT";

  private CriticalPathTable() {}

  /// Fills the table.
  ///
  /// @param literals values of the parameters as SQL
  /// @throws ReportException when the parameters name no thread
  public static void create(FactSource facts, Map<String, String> literals) {
    facts.execute(
        "CREATE OR REPLACE TEMP TABLE critical_path(step BIGINT, ts BIGINT, dur BIGINT,"
            + " utid BIGINT, kind VARCHAR, detail VARCHAR, syscall VARCHAR, cpu INTEGER,"
            + " depth INTEGER, wakes BIGINT)");
    long begin;
    long end;
    long utid;
    boolean ofSpan = literals.containsKey("span");
    try (Rows rows = facts.query(ofSpan ? spanSql(literals) : threadSql(literals))) {
      if (!rows.next()) {
        if (ofSpan && (isGiven(literals, "span") || isGiven(literals, "id"))) {
          throw new ReportException(
              "no span that --span and --id name ended in this time, in a thread that the kernel's"
                  + " trace knows",
              "'rideau report span-top' lists spans; their events need the context vtid");
        }
        if (isGiven(literals, "tid") || isGiven(literals, "proc") || isGiven(literals, "utid")) {
          throw new ReportException(
              "no thread that --tid and --proc name ran in this time",
              "'rideau report cpu-thread' lists those that did");
        }
        return;
      }
      utid = rows.longAt(0);
      begin = rows.longAt(1);
      end = rows.longAt(2);
    }
    long woken = endOfWait(facts, utid, end);
    insert(facts, upTo(end, new CriticalPath(facts, begin, woken).of(utid)));
  }

  /// Who ends a wait is known where it ends: so the walk begins behind it when the time that is
  /// asked about ends in the middle of one.
  private static long endOfWait(FactSource facts, long utid, long endNs) {
    try (Rows rows =
        facts.query(
            "SELECT ts + dur + 1 FROM thread_state WHERE utid = $1 AND state = 'blocked' AND ts < $2"
                + " AND ts + dur > $2",
            utid,
            endNs)) {
      return rows.next() ? rows.longAt(0) : endNs;
    }
  }

  private static List<Segment> upTo(long endNs, List<Segment> segments) {
    return segments.stream()
        .filter(each -> each.beginNs() < endNs)
        .map(each -> each.endNs() <= endNs ? each : each.upTo(endNs))
        .toList();
  }

  private static boolean isGiven(Map<String, String> literals, String name) {
    return !literals.getOrDefault(name, "NULL").startsWith("NULL");
  }

  // The thread that ran most among the wanted ones, and the time in which it lived.
  private static String threadSql(Map<String, String> literals) {
    String begin = literals.getOrDefault("begin", "NULL");
    String end = literals.getOrDefault("end", "NULL");
    String tid = literals.getOrDefault("tid", "NULL::BIGINT[]");
    String utid = literals.getOrDefault("utid", "NULL::BIGINT[]");
    String proc = literals.getOrDefault("proc", "NULL::VARCHAR[]");
    return "SELECT utid, greatest(min(s.ts), "
        + begin
        + "), least(max(s.ts + s.dur) FILTER (s.state <> 'dead'), "
        + end
        + ") FROM thread_state s JOIN thread t USING (utid) JOIN process p USING (upid)"
        + " WHERE NOT t.is_idle AND s.ts < "
        + end
        + " AND s.ts + s.dur > "
        + begin
        + " AND ("
        + tid
        + " IS NULL OR list_contains("
        + tid
        + ", t.tid)) AND ("
        + utid
        + " IS NULL OR list_contains("
        + utid
        + ", t.utid)) AND (matches_any(t.name, "
        + proc
        + ") OR matches_any(p.name, "
        + proc
        + "))"
        + " GROUP BY utid, t.is_kernel"
        + " HAVING max(s.ts + s.dur) FILTER (s.state <> 'dead') IS NOT NULL"
        + " ORDER BY coalesce(t.is_kernel, false),"
        + " sum(s.dur) FILTER (s.state = 'running') DESC NULLS LAST, utid LIMIT 1";
  }

  private static String spanSql(Map<String, String> literals) {
    String begin = literals.getOrDefault("begin", "NULL");
    String end = literals.getOrDefault("end", "NULL");
    String id = literals.getOrDefault("id", "NULL::BIGINT[]");
    return "SELECT utid, s.ts, s.ts + s.dur FROM span s"
        + " JOIN thread t ON coalesce(t.vtid, t.tid) = s.end_tid AND NOT t.is_idle"
        + " AND coalesce(t.start_ts, s.ts + s.dur) <= s.ts + s.dur"
        + " AND coalesce(t.end_ts, s.ts + s.dur) >= s.ts + s.dur"
        + " WHERE s.clipped = 0 AND s.ts < "
        + end
        + " AND s.ts + s.dur > "
        + begin
        + " AND matches_any(s.name, "
        + literals.getOrDefault("span", "NULL::VARCHAR[]")
        + ") AND ("
        + id
        + " IS NULL OR list_contains("
        + id
        + ", s.id)) ORDER BY s.dur DESC, s.ts, utid LIMIT 1";
  }

  private static void insert(FactSource facts, List<Segment> segments) {
    TextRows rows = new TextRows(facts, NAME, COLUMNS);
    for (int index = 0; index < segments.size(); index++) {
      Segment segment = segments.get(index);
      rows.row()
          .add(index)
          .add(segment.beginNs())
          .add(segment.endNs() - segment.beginNs())
          .add(segment.utid())
          .add(segment.kind())
          .add(segment.detail())
          .add(segment.syscall())
          .add(segment.cpu() < 0 ? null : Integer.toString(segment.cpu()))
          .add(segment.depth())
          .add(segment.wakes() < 0 ? null : Long.toString(segment.wakes()));
    }
    rows.flush();
  }
}
