package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.internal.TextRows;
import dev.rideau.tables.Rows;
import java.util.List;
import java.util.Map;

/// The critical path as a temporary table. Reports that say `prepare: critical_path` get a row for
/// each state of a thread that it meets, those that say `prepare: critical_path_pieces` one for
/// each piece, which is what a thread did without change of kind, up to their parameter `limit`:
///
/// ```
/// critical_path         step  piece  ts  dur    utid  kind  detail  syscall  cpu  depth  wakes
/// critical_path_pieces        piece  ts  until  utid  kind  user  kernel  irq  detail  depth  wakes
/// ```
///
/// The walk back in time gives steps, of which one may meet thousands of rows about where a thread
/// ran; only the database looks at those.
///
/// It is that of the thread which the parameters `tid`, `proc` and `utid` name; without them, of
/// the thread that ran most. A report with a parameter `span` asks for that of a program's own
/// work: of the longest span that `span` and `id` name, from its begin to its end in the thread
/// where it ends.
public final class CriticalPathTable {
  /// What the header of a report calls it, and the name of the table.
  public static final String NAME = "critical_path";

  /// The same of that with a row for each piece.
  public static final String PIECES = "critical_path_pieces";

  /// Tables that are read for it.
  public static final String USES = "thread process thread_state wakeup net_packet";

  private static final String COLUMNS =
      "f[1]::BIGINT, f[2]::BIGINT, f[3]::BIGINT, f[4]::BIGINT, f[5]::BIGINT, f[6], nullif(f[7], ''),"
          + " f[8]::INTEGER, nullif(f[9], '')::BIGINT";

  private CriticalPathTable() {}

  /// Makes the table.
  ///
  /// @param name that of the wanted table
  /// @param literals values of the parameters as SQL
  /// @throws ReportException when the parameters name no thread
  public static void create(FactSource facts, String name, Map<String, String> literals) {
    facts.execute(CriticalPathSql.CREATE_STEPS);
    boolean ofPieces = name.equals(PIECES);
    List<Segment> path = walk(facts, literals);
    int most =
        ofPieces ? insert(facts, path, limit(literals)) : insert(facts, path, Long.MAX_VALUE);
    long begin = most == 0 ? 0 : path.getFirst().beginNs();
    long end = most == 0 ? 0 : path.get(most - 1).endNs();
    facts.execute(
        ofPieces
            ? CriticalPathSql.createPieces(begin, end)
            : CriticalPathSql.createStates(begin, end));
  }

  private static long limit(Map<String, String> literals) {
    String text = literals.getOrDefault("limit", "NULL");
    return text.startsWith("NULL") ? Long.MAX_VALUE : Long.parseLong(text.split("::", 2)[0]);
  }

  private static List<Segment> walk(FactSource facts, Map<String, String> literals) {
    long begin;
    long end;
    long woken;
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
        return List.of();
      }
      utid = rows.longAt(0);
      begin = rows.longAt(1);
      end = rows.longAt(2);
      woken = Math.max(end, rows.longAt(3));
    }
    return upTo(end, new CriticalPath(facts, begin, woken).of(utid));
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

  // The thread that ran most among the wanted ones, the time in which it lived, and behind that the
  // end of the wait that it was in: who ended it is known there, so the walk begins there.
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
        + "), coalesce(max(s.ts + s.dur) FILTER (s.state = 'blocked' AND s.ts + s.dur > "
        + end
        + ") + 1, 0) FROM thread_state s JOIN thread t USING (utid) JOIN process p USING (upid)"
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
    return "SELECT utid, s.ts, s.ts + s.dur, coalesce((SELECT max(w.ts + w.dur) + 1 FROM thread_state w"
        + " WHERE w.utid = t.utid AND w.state = 'blocked' AND w.ts < s.ts + s.dur"
        + " AND w.ts + w.dur > s.ts + s.dur), 0) FROM span s"
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

  /// Fills the table of steps.
  ///
  /// @param pieces how many pieces are wanted
  /// @return how many steps these have
  private static int insert(FactSource facts, List<Segment> path, long pieces) {
    TextRows rows = new TextRows(facts, CriticalPathSql.STEPS, COLUMNS);
    long piece = 0;
    int step = 0;
    while (step < path.size()) {
      Segment segment = path.get(step);
      piece += step > 0 && path.get(step - 1).goesOn(segment) ? 0 : 1;
      if (piece > pieces) {
        break;
      }
      rows.row()
          .add(step)
          .add(piece)
          .add(segment.beginNs())
          .add(segment.endNs() - segment.beginNs())
          .add(segment.utid())
          .add(segment.kind())
          .add(segment.detail())
          .add(segment.depth())
          .add(segment.wakes() < 0 ? null : Long.toString(segment.wakes()));
      step++;
    }
    rows.flush();
    return step;
  }
}
