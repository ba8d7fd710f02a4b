package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.internal.ParameterText;
import dev.rideau.tables.Rows;
import java.util.List;
import java.util.Map;

/// The critical path as a temporary table for reports that say `prepare: critical_path`.
///
/// ```
/// step  ts  dur  utid  kind  detail  syscall  cpu  depth  wakes
/// ```
///
/// It is that of the thread which the parameters `tid` and `proc` name; without them, of the thread
/// that ran most.
public final class CriticalPathTable {
  /// What the header of a report calls it, and the name of the table.
  public static final String NAME = "critical_path";

  /// Tables that are read for it.
  public static final String USES = "thread process thread_state wakeup net_packet";

  private static final int ROWS_PER_STATEMENT = 1000;

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
    try (Rows rows = facts.query(threadSql(literals))) {
      if (!rows.next()) {
        if (isGiven(literals, "tid") || isGiven(literals, "proc")) {
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
    insert(facts, new CriticalPath(facts, begin, end).of(utid));
  }

  private static boolean isGiven(Map<String, String> literals, String name) {
    return !literals.getOrDefault(name, "NULL").startsWith("NULL");
  }

  // The thread that ran most among the wanted ones, and the time in which it lived.
  private static String threadSql(Map<String, String> literals) {
    String begin = literals.getOrDefault("begin", "NULL");
    String end = literals.getOrDefault("end", "NULL");
    String tid = literals.getOrDefault("tid", "NULL::BIGINT[]");
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
        + ", t.tid)) AND (matches_any(t.name, "
        + proc
        + ") OR matches_any(p.name, "
        + proc
        + "))"
        + " GROUP BY utid, t.is_kernel"
        + " HAVING max(s.ts + s.dur) FILTER (s.state <> 'dead') IS NOT NULL"
        + " ORDER BY coalesce(t.is_kernel, false),"
        + " sum(s.dur) FILTER (s.state = 'running') DESC NULLS LAST, utid LIMIT 1";
  }

  private static void insert(FactSource facts, List<Segment> segments) {
    StringBuilder sql = new StringBuilder();
    for (int index = 0; index < segments.size(); index++) {
      sql.append(sql.isEmpty() ? "INSERT INTO critical_path VALUES " : ", ");
      append(sql, index, segments.get(index));
      if ((index + 1) % ROWS_PER_STATEMENT == 0 || index + 1 == segments.size()) {
        facts.execute(sql.toString());
        sql.setLength(0);
      }
    }
  }

  private static void append(StringBuilder sql, int step, Segment segment) {
    sql.append('(').append(step);
    sql.append(", ").append(segment.beginNs());
    sql.append(", ").append(segment.endNs() - segment.beginNs());
    sql.append(", ").append(segment.utid());
    for (String text : new String[] {segment.kind(), segment.detail(), segment.syscall()}) {
      sql.append(", ").append(text == null ? "NULL" : ParameterText.quoted(text));
    }
    sql.append(", ").append(segment.cpu() < 0 ? "NULL" : Integer.toString(segment.cpu()));
    sql.append(", ").append(segment.depth());
    sql.append(", ").append(segment.wakes() < 0 ? "NULL" : Long.toString(segment.wakes()));
    sql.append(')');
  }
}
