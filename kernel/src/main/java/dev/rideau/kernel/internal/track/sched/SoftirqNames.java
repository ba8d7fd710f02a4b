package dev.rideau.kernel.internal.track.sched;

import dev.rideau.kernel.internal.track.NameCache;

/// Names of softirqs by number.
public final class SoftirqNames {
  private static final String[] NAMES = {
    "HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED", "HRTIMER", "RCU"
  };

  private SoftirqNames() {}

  /// Ids of all names; the last is for numbers without name.
  public static int[] ids(NameCache names) {
    int[] ids = new int[NAMES.length + 1];
    for (int i = 0; i < NAMES.length; i++) {
      ids[i] = names.id(NAMES[i]);
    }
    ids[NAMES.length] = names.id("unknown");
    return ids;
  }

  /// The id of a softirq's name.
  public static int of(int[] ids, long vec) {
    return vec >= 0 && vec < NAMES.length ? ids[(int) vec] : ids[NAMES.length];
  }
}
