package dev.rideau.reports.internal.critical;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The states of one thread in a range of time, in order, as columns.
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

  private long[] begins = new long[64];
  private long[] ends = new long[64];
  private long[] wakers = new long[64];
  private byte[] states = new byte[64];
  private byte[] causes = new byte[64];
  private byte[] wakerContexts = new byte[64];
  private int size;

  /// Names of the interrupts that woke it, by the time of the wakeup.
  private final Map<Long, String> interrupts = new HashMap<>();

  /// Takes a state other than running, behind all before.
  ///
  /// @param knownUntil end of the state before
  void add(long knownUntil, long from, long to, int state, int cause, int context, long waker) {
    run(knownUntil, from);
    append(from, to, state, cause, context, waker);
  }

  /// Takes the name of the interrupt that woke the thread at a time.
  void addInterrupt(long ns, String name) {
    interrupts.put(ns, name);
  }

  /// It ran between two times, if there is anything in between.
  void run(long from, long to) {
    if (from < to) {
      append(from, to, RUNNING, 0, 0, NONE);
    }
  }

  private void append(long from, long to, int state, int cause, int context, long waker) {
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
