package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.track.Gaps;
import java.util.Arrays;

/// Which thread was seen last on each CPU, and when: by its own id in a record, or as the one that
/// a context switch brought. Where the next record is by another one, a context switch is missing.
/// Owned by one worker.
final class Seen {
  /// No thread is known.
  static final int NOBODY = -1;

  private int[] tids = new int[0];
  private long[] times = new long[0];

  /// Forgets all.
  void clear() {
    Arrays.fill(tids, NOBODY);
    Arrays.fill(times, Gaps.NONE);
  }

  /// The tid, or [#NOBODY].
  int tid(int cpu) {
    return cpu < tids.length ? tids[cpu] : NOBODY;
  }

  /// When it was seen, or [Gaps#NONE].
  long ts(int cpu) {
    return cpu < times.length ? times[cpu] : Gaps.NONE;
  }

  /// A thread is seen.
  void see(int cpu, int tid, long ts) {
    if (cpu >= tids.length) {
      int old = tids.length;
      int capacity = Math.max(cpu + 1, old * 2);
      tids = Arrays.copyOf(tids, capacity);
      times = Arrays.copyOf(times, capacity);
      Arrays.fill(tids, old, capacity, NOBODY);
      Arrays.fill(times, old, capacity, Gaps.NONE);
    }
    tids[cpu] = tid;
    times[cpu] = ts;
  }

  /// What was seen before a time when records are missing says nothing any more.
  void forget(int cpu) {
    if (cpu < tids.length) {
      tids[cpu] = NOBODY;
      times[cpu] = Gaps.NONE;
    }
  }
}
