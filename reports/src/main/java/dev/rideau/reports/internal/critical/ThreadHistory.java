package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.tables.Rows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of one thread in a range of time, in order, as columns.
final class ThreadHistory {
  static final int NONE = -1;

  private long[] begins = new long[64];
  private long[] ends = new long[64];
  private String[] states = new String[64];
  private @Nullable String[] details = new String[64];
  private @Nullable String[] syscalls = new String[64];
  private @Nullable String[] wakerContexts = new String[64];
  private long[] wakers = new long[64];
  private int[] cpus = new int[64];
  private int size;

  /// Names of the interrupts that woke it, by the time of the wakeup.
  private final Map<Long, String> interrupts = new HashMap<>();

  private ThreadHistory() {}

  static ThreadHistory read(FactSource facts, long utid, long beginNs, long endNs) {
    ThreadHistory history = new ThreadHistory();
    String states =
        "SELECT ts, ts + dur, state, detail, syscall, waker_context, waker_utid, cpu"
            + " FROM thread_state WHERE utid = $1 AND ts < $3 AND ts + dur > $2 AND dur > 0"
            + " ORDER BY ts";
    try (Rows rows = facts.query(states, utid, beginNs, endNs)) {
      while (rows.next()) {
        history.add(rows);
      }
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
    if (size == begins.length) {
      int more = size * 2;
      begins = Arrays.copyOf(begins, more);
      ends = Arrays.copyOf(ends, more);
      states = Arrays.copyOf(states, more);
      details = Arrays.copyOf(details, more);
      syscalls = Arrays.copyOf(syscalls, more);
      wakerContexts = Arrays.copyOf(wakerContexts, more);
      wakers = Arrays.copyOf(wakers, more);
      cpus = Arrays.copyOf(cpus, more);
    }
    begins[size] = rows.longAt(0);
    ends[size] = rows.longAt(1);
    String state = rows.textAt(2);
    states[size] = state == null ? "unknown" : state;
    details[size] = rows.textAt(3);
    syscalls[size] = rows.textAt(4);
    wakerContexts[size] = rows.textAt(5);
    wakers[size] = rows.isNull(6) ? NONE : rows.longAt(6);
    cpus[size] = rows.isNull(7) ? NONE : (int) rows.longAt(7);
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

  int size() {
    return size;
  }

  long beginNs(int index) {
    return begins[index];
  }

  long endNs(int index) {
    return ends[index];
  }

  String state(int index) {
    return states[index];
  }

  @Nullable String detail(int index) {
    return details[index];
  }

  @Nullable String syscall(int index) {
    return syscalls[index];
  }

  @Nullable String wakerContext(int index) {
    return wakerContexts[index];
  }

  /// The thread that ran where the wakeup was issued; [#NONE] when not known.
  long waker(int index) {
    return wakers[index];
  }

  int cpu(int index) {
    return cpus[index];
  }

  /// Name of the interrupt or softirq whose handler woke the thread at that time.
  @Nullable String interrupt(long ns) {
    return interrupts.get(ns);
  }
}
