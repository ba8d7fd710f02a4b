package dev.rideau.kernel.internal.track;

import org.jspecify.annotations.Nullable;

/// What references and symbols of a slice mean. Made by the join, then read only.
public final class Resolution {
  /// Index of the thread of each reference, or -1; null when references are indexes already.
  int[] threads = new int[0];

  /// Our ids, by reference.
  long[] utids = new long[0];

  long[] upids = new long[0];

  /// By reference: 1 kernel thread, 0 not, -1 not known.
  byte[] kernel = new byte[0];

  /// By reference: whether all of the thread was recorded; null when it was of all threads.
  boolean @Nullable [] isRecorded;

  /// Body of the whole recording, by body.
  int[] bodies = new int[0];

  /// Descriptors that rows refer to; null when they tell them themselves.
  @Nullable Uses uses;

  /// System call that each body was in when the slice began.
  long[] syscalls = new long[0];

  /// Contexts of the CPUs when the slice began: names of interrupt, timer, softirq.
  long[] irqs = new long[0];

  long[] timers = new long[0];
  long[] softirqs = new long[0];

  /// Marks of these contexts.
  long[] marks = new long[0];

  /// The system call behind an id or symbol.
  public long syscall(long value) {
    return Symbols.isInherited(value) ? syscalls[Symbols.number(value)] : value;
  }

  /// The context behind a context or symbol.
  public long context(long value) {
    int cpu = Contexts.id(value);
    long unused = Symbols.NONE;
    long marked = Contexts.marks(value);
    return switch (Contexts.kind(value)) {
      case Contexts.INHERITED ->
          Contexts.of(cpu, irqs[cpu], timers[cpu], softirqs[cpu]) | marks[cpu] | marked;
      case Contexts.INHERITED_WITHOUT_IRQ ->
          Contexts.of(cpu, unused, timers[cpu], softirqs[cpu]) | marked;
      case Contexts.INHERITED_SOFTIRQ -> Contexts.of(cpu, unused, unused, softirqs[cpu]) | marked;
      default -> value;
    };
  }

  /// The index of the thread behind a reference, or -1.
  public int thread(int ref) {
    return ref < 0 ? ThreadRefs.NONE : threads[ref];
  }

  /// Our id of the thread behind a reference, or -1.
  public long utid(long ref) {
    return ref < 0 ? -1 : utids[(int) ref];
  }

  /// Our id of its process, or -1.
  public long upid(long ref) {
    return ref < 0 ? -1 : upids[(int) ref];
  }

  /// Whether it is not known what a thread did between its records.
  boolean isPartial(long ref) {
    return isRecorded != null && (ref < 0 || !isRecorded[(int) ref]);
  }

  /// Whether it is a kernel thread: 1, 0, or -1 when that is not known.
  public int isKernel(long ref) {
    return ref < 0 ? -1 : kernel[(int) ref];
  }
}
