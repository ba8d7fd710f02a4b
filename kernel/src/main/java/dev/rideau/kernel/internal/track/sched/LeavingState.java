package dev.rideau.kernel.internal.track.sched;

/// The state in which a thread leaves a CPU, as sched_switch tells it in a number.
///
/// The bits above 32 mean something else since Linux 4.14, where the kernel writes its report
/// state:
///
/// ```
///         1 2 4 8 16 32   64      128     256        512     1024 and above
/// old     S D T t X  Z    dead    (mask)  (mask)     parked  preempted
/// 4.14    S D T t X  Z    parked  idle    preempted
/// ```
enum LeavingState {
  PREEMPTED("R", OffCpu.PREEMPTED),
  SLEEPING("S", OffCpu.SLEEPING),
  UNINTERRUPTIBLE("D", OffCpu.UNINTERRUPTIBLE),
  STOPPED("T", OffCpu.STOPPED),
  TRACED("t", OffCpu.STOPPED),
  DEAD("X", OffCpu.DEAD),
  ZOMBIE("Z", OffCpu.DEAD),

  // The kernel's own threads when there is nothing for them to do: signals do not wake them, but
  // they wait for no device, whoever it is that brings them work.
  PARKED("P", OffCpu.SLEEPING),
  IDLE("I", OffCpu.SLEEPING);

  private static final LeavingState[] ALL = values();
  private static final LeavingState[] LOW_BITS = {
    SLEEPING, UNINTERRUPTIBLE, STOPPED, TRACED, DEAD, ZOMBIE
  };

  private final String letter;
  private final int offCpu;

  LeavingState(String letter, int offCpu) {
    this.letter = letter;
    this.offCpu = offCpu;
  }

  String letter() {
    return letter;
  }

  /// The state of [OffCpu] that follows.
  int offCpu() {
    return offCpu;
  }

  static LeavingState of(int ordinal) {
    return ALL[ordinal];
  }

  /// The state behind a number of Linux 4.14 and later.
  static LeavingState decode(long number) {
    int low = (int) (number & 0x3f);
    if (low != 0) {
      return LOW_BITS[Integer.numberOfTrailingZeros(low)];
    }
    if ((number & 64) != 0) {
      return PARKED;
    }
    return (number & 128) != 0 ? IDLE : PREEMPTED;
  }

  /// The state behind a number of kernels before 4.14.
  static LeavingState decodeOld(long number) {
    if (number >= 1024) {
      return PREEMPTED;
    }
    int low = (int) (number & 0x3f);
    if (low != 0) {
      return LOW_BITS[Integer.numberOfTrailingZeros(low)];
    }
    if ((number & 64) != 0) {
      return DEAD;
    }
    return (number & 512) != 0 ? PARKED : PREEMPTED;
  }
}
