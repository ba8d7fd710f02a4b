package dev.rideau.kernel.internal.track;

/// What a CPU does on top of the thread that runs on it, packed into a `long`:
///
/// ```
/// kind (8 bits) | id of a name or number of a CPU (32 bits) | marks
/// ```
///
/// Marks tell what happened since the context began.
public final class Contexts {
  public static final int IN_THREAD = 0;
  public static final int IN_IRQ = 1;
  public static final int IN_SOFTIRQ = 2;
  public static final int IN_TIMER = 3;

  /// As when the slice began on that CPU.
  public static final int INHERITED = 4;

  /// As when the slice began on that CPU, but not in an interrupt.
  public static final int INHERITED_WITHOUT_IRQ = 5;

  /// As when the slice began on that CPU, but neither in an interrupt nor in a timer.
  public static final int INHERITED_SOFTIRQ = 6;

  /// Mark: requests to a disk were completed.
  public static final long DISK = 1L << 40;

  /// Mark: the function of a high-resolution timer returned. Nothing tells the end of the
  /// interrupt.
  public static final long TIMER_RETURNED = 1L << 41;

  private static final long MARKS = -1L << 40;

  /// The thread itself.
  public static final long THREAD = IN_THREAD;

  private Contexts() {}

  public static long of(int kind, int id) {
    return kind | (long) id << 8;
  }

  public static int kind(long context) {
    return (int) (context & 0xff);
  }

  /// The name or CPU.
  public static int id(long context) {
    return (int) (context >> 8);
  }

  /// The marks of a context.
  static long marks(long context) {
    return context & MARKS;
  }

  /// The context of a CPU that is in these; each is the id of a name, none or inherited (-2).
  static long of(int cpu, long irq, long timer, long softirq) {
    if (irq >= 0) {
      return of(IN_IRQ, (int) irq);
    }
    if (irq != Symbols.NONE) {
      return of(INHERITED, cpu);
    }
    if (timer >= 0) {
      return of(IN_TIMER, (int) timer);
    }
    if (timer != Symbols.NONE) {
      return of(INHERITED_WITHOUT_IRQ, cpu);
    }
    if (softirq >= 0) {
      return of(IN_SOFTIRQ, (int) softirq);
    }
    return softirq == Symbols.NONE ? THREAD : of(INHERITED_SOFTIRQ, cpu);
  }
}
