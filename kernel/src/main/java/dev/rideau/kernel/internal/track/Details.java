package dev.rideau.kernel.internal.track;

/// What stands in the column `thread_state.detail` until the join: of a running thread whether it
/// was in a system call, and of a blocked one why, is known only then.
public final class Details {
  public static final int NONE = 0;

  /// Runs, neither in an interrupt nor in a softirq.
  public static final int RUNS = 1;

  public static final int IRQ = 2;
  public static final int SOFTIRQ = 3;
  public static final int WOKEN = 4;
  public static final int PREEMPTED = 5;
  public static final int NEW = 6;

  /// Sleeps, signals could wake it.
  public static final int SLEEPS = 7;

  /// Sleeps, signals could not wake it.
  public static final int SLEEPS_UNINTERRUPTIBLY = 8;

  private Details() {}
}
