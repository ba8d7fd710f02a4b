package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.tables.Rows;
import java.util.HashMap;
import java.util.Map;

/// The states of threads in a range of time, fetched when they are asked for.
///
/// Facts tell where in a program or system call a thread ran, many rows for one stretch of running.
/// Only the others are fetched, as numbers; since states of a thread follow one another without
/// gap, it ran in between. Where there are few, those of all threads are fetched at once: each
/// statement reads the whole table.
final class ThreadHistories {
  private static final long FEW_ROWS = 1_000_000;

  /// What a row tells, in its lowest three bits: begin and end of what is known of a thread, a
  /// state of [ThreadHistory], or the name of an interrupt.
  private static final int EDGES = 0;

  private static final int INTERRUPT = 7;

  private static final String STATES =
      """
      WITH s AS (
        SELECT utid, ts, ts + dur AS until, state, detail, waker_context, waker_utid FROM thread_state
        WHERE $wanted ts < $2 AND ts + dur > $1 AND dur > 0
      )
      SELECT utid, min(ts) AS ts, max(until) AS until, 0::BIGINT AS code, -1::BIGINT AS waker, '' AS name
      FROM s GROUP BY utid
      UNION ALL
      SELECT utid, ts, until,
        CASE state WHEN 'runnable' THEN 1 WHEN 'blocked' THEN 2 WHEN 'stopped' THEN 3 ELSE 4 END
        + CASE detail WHEN 'disk' THEN 8 WHEN 'timer' THEN 16 WHEN 'page fault' THEN 24 WHEN 'socket' THEN 32
          ELSE 0 END
        + CASE waker_context WHEN 'thread' THEN 64 WHEN 'softirq' THEN 128 WHEN 'timer' THEN 192
          WHEN 'irq' THEN 256 ELSE 0 END,
        coalesce(waker_utid, -1), '' FROM s WHERE state <> 'running'
      UNION ALL
      SELECT utid, ts, ts, 7, -1, context_name FROM wakeup
      WHERE $wanted ts BETWEEN $1 AND $2 AND context <> 'thread' AND context_name IS NOT NULL
      ORDER BY utid, code % 8 = 7, ts, code % 8
      """;

  private final FactSource facts;
  private final long beginNs;
  private final long endNs;
  private final Map<Long, ThreadHistory> known = new HashMap<>();
  private boolean isComplete;

  ThreadHistories(FactSource facts, long beginNs, long endNs) {
    this.facts = facts;
    this.beginNs = beginNs;
    this.endNs = endNs;
  }

  /// That of a thread.
  ThreadHistory of(long utid) {
    if (known.isEmpty() && !isComplete && isSmall()) {
      isComplete = true;
      read(STATES.replace("$wanted ", ""), beginNs, endNs);
    }
    if (!isComplete && !known.containsKey(utid)) {
      read(STATES.replace("$wanted", "utid = $3 AND"), beginNs, endNs, utid);
    }
    return known.computeIfAbsent(utid, _ -> new ThreadHistory());
  }

  private boolean isSmall() {
    try (Rows rows = facts.query("SELECT count(*) FROM thread_state WHERE state <> 'running'")) {
      return rows.next() && rows.longAt(0) <= FEW_ROWS;
    }
  }

  private void read(String sql, Object... parameters) {
    ThreadHistory history = new ThreadHistory();
    long utid = ThreadHistory.NONE;
    long knownUntil = 0;
    long end = 0;
    try (Rows rows = facts.query(sql, parameters)) {
      while (rows.next()) {
        long ts = rows.longAt(1);
        int code = (int) rows.longAt(3);
        switch (code & 7) {
          case EDGES -> {
            history.run(knownUntil, end);
            utid = rows.longAt(0);
            history = new ThreadHistory();
            known.put(utid, history);
            knownUntil = ts;
            end = rows.longAt(2);
          }
          case INTERRUPT -> {
            if (rows.longAt(0) == utid) {
              history.addInterrupt(ts, String.valueOf(rows.textAt(5)));
            }
          }
          default -> {
            long until = rows.longAt(2);
            int cause = code >> 3 & 7;
            history.add(knownUntil, ts, until, code & 7, cause, code >> 6, rows.longAt(4));
            knownUntil = until;
          }
        }
      }
    }
    history.run(knownUntil, end);
  }
}
