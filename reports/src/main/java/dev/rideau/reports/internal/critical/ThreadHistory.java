package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.tables.Rows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of one thread in a range of time, in order, as columns.
///
/// Facts tell where in a program or system call a thread ran, many rows for one stretch of running.
/// Only the others are fetched, as numbers; since states of a thread follow one another without
/// gap, it ran in between.
final class ThreadHistory {
  static final int NONE = -1;

  static final int RUNNING = 0;
  static final int RUNNABLE = 1;
  static final int BLOCKED = 2;
  static final int STOPPED = 3;
  static final int UNKNOWN = 4;

  /// Causes of being blocked that tell what was waited for; 0 is any other.
  static final int DISK = 1;

  static final int TIMER = 2;
  static final int PAGE_FAULT = 3;
  static final int SOCKET = 4;

  /// Contexts of wakers; 0 is none.
  static final int IN_THREAD = 1;

  static final int IN_SOFTIRQ = 2;
  static final int IN_TIMER = 3;
  static final int IN_OTHER = 4;

  /// Marks the row that holds begin and end of all states.
  private static final int EDGES = 5;

  private static final String STATES =
      "WITH s AS (SELECT ts, ts + dur AS until, state, detail, waker_context, waker_utid"
          + " FROM thread_state WHERE utid = $1 AND ts < $3 AND ts + dur > $2 AND dur > 0)"
          + " SELECT min(ts) AS ts, max(until) AS until, 5 AS state, 0 AS cause, 0 AS context, -1 AS waker"
          + " FROM s HAVING count(*) > 0"
          + " UNION ALL SELECT ts, until,"
          + " CASE state WHEN 'runnable' THEN 1 WHEN 'blocked' THEN 2 WHEN 'stopped' THEN 3 ELSE 4 END,"
          + " CASE detail WHEN 'disk' THEN 1 WHEN 'timer' THEN 2 WHEN 'page fault' THEN 3"
          + " WHEN 'socket' THEN 4 ELSE 0 END,"
          + " CASE waker_context WHEN 'thread' THEN 1 WHEN 'softirq' THEN 2 WHEN 'timer' THEN 3"
          + " ELSE CASE WHEN waker_context IS NULL THEN 0 ELSE 4 END END,"
          + " coalesce(waker_utid, -1) FROM s WHERE state <> 'running'"
          + " ORDER BY ts, state = 5 DESC";

  private long[] begins = new long[64];
  private long[] ends = new long[64];
  private long[] wakers = new long[64];
  private byte[] states = new byte[64];
  private byte[] causes = new byte[64];
  private byte[] wakerContexts = new byte[64];
  private int size;

  /// Names of the interrupts that woke it, by the time of the wakeup.
  private final Map<Long, String> interrupts = new HashMap<>();

  private ThreadHistory() {}

  static ThreadHistory read(FactSource facts, long utid, long beginNs, long endNs) {
    ThreadHistory history = new ThreadHistory();
    try (Rows rows = facts.query(STATES, utid, beginNs, endNs)) {
      history.add(rows);
    }
    String wakeups =
        "SELECT ts, context_name FROM wakeup WHERE utid = $1 AND ts BETWEEN $2 AND $3"
            + " AND context <> 'thread' AND context_name IS NOT NULL";
    try (Rows rows = facts.query(wakeups, utid, beginNs, endNs)) {
      while (rows.next()) {
        String name = rows.textAt(1);
        if (name != null) {
          history.interrupts.put(rows.longAt(0), name);
        }
      }
    }
    return history;
  }

  private void add(Rows rows) {
    long known = 0;
    long end = 0;
    while (rows.next()) {
      long ts = rows.longAt(0);
      int state = (int) rows.longAt(2);
      if (state == EDGES) {
        known = ts;
        end = rows.longAt(1);
        continue;
      }
      run(known, ts);
      known = rows.longAt(1);
      add(ts, known, state, (int) rows.longAt(3), (int) rows.longAt(4), rows.longAt(5));
    }
    run(known, end);
  }

  private void run(long from, long to) {
    if (from < to) {
      add(from, to, RUNNING, 0, 0, NONE);
    }
  }

  private void add(long from, long to, int state, int cause, int context, long waker) {
    if (size == begins.length) {
      int more = size * 2;
      begins = Arrays.copyOf(begins, more);
      ends = Arrays.copyOf(ends, more);
      wakers = Arrays.copyOf(wakers, more);
      states = Arrays.copyOf(states, more);
      causes = Arrays.copyOf(causes, more);
      wakerContexts = Arrays.copyOf(wakerContexts, more);
    }
    begins[size] = from;
    ends[size] = to;
    wakers[size] = waker;
    states[size] = (byte) state;
    causes[size] = (byte) cause;
    wakerContexts[size] = (byte) context;
    size++;
  }

  /// The state that held just before a time; [#NONE] when none is known.
  int before(long ns) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (begins[middle] < ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int index = low - 1;
    return index >= 0 && ends[index] >= ns ? index : NONE;
  }

  /// The state that follows without gap; [#NONE] when none does.
  int after(int index) {
    return index + 1 < size && begins[index + 1] == ends[index] ? index + 1 : NONE;
  }

  long beginNs(int index) {
    return begins[index];
  }

  long endNs(int index) {
    return ends[index];
  }

  int state(int index) {
    return states[index];
  }

  /// Why it was blocked.
  int cause(int index) {
    return causes[index];
  }

  /// Where the wakeup was issued that a state began with.
  int wakerContext(int index) {
    return wakerContexts[index];
  }

  /// The thread that ran where the wakeup was issued; [#NONE] when not known.
  long waker(int index) {
    return wakers[index];
  }

  /// Name of the interrupt or softirq whose handler woke the thread at that time.
  @Nullable String interrupt(long ns) {
    return interrupts.get(ns);
  }
}
