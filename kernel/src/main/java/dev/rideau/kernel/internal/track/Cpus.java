package dev.rideau.kernel.internal.track;

import java.util.Arrays;

/// What each CPU does: the thread that runs, its body, and the interrupts on top of them. Fed by
/// [dev.rideau.kernel.internal.track.sched.CpuTracker] before other trackers see a record, so they
/// may ask. Owned by one thread at a time.
public final class Cpus {
  /// As when the slice began.
  static final long INHERITED = -2;

  private final ThreadRefs threads;
  private final Bodies bodies;
  private int size;
  private boolean[] touched = new boolean[0];
  private int[] thread = new int[0];
  private int[] body = new int[0];
  private long[] irq = new long[0];
  private long[] timer = new long[0];
  private long[] softirq = new long[0];

  /// Marks of the context, see [Contexts]; none before the first record of the slice.
  private long[] marks = new long[0];

  Cpus(ThreadRefs threads, Bodies bodies) {
    this.threads = threads;
    this.bodies = bodies;
  }

  /// Number of CPUs that may have been touched.
  public int size() {
    return size;
  }

  /// Whether anything is known of a CPU in this slice.
  public boolean isTouched(int cpu) {
    return cpu < size && touched[cpu];
  }

  /// Says that records of a CPU come; before anything else is asked about it.
  public void touch(int cpu, long ts) {
    if (cpu >= size) {
      grow(cpu + 1);
    }
    if (!touched[cpu]) {
      touched[cpu] = true;
      thread[cpu] = threads.running(cpu, ts);
      body[cpu] = bodies.add(Bodies.Origin.CPU, cpu);
      irq[cpu] = INHERITED;
      timer[cpu] = INHERITED;
      softirq[cpu] = INHERITED;
      marks[cpu] = 0;
    }
  }

  /// The thread that runs.
  public int thread(int cpu) {
    return thread[cpu];
  }

  /// The body of the thread that runs, see [Bodies].
  public int body(int cpu) {
    return body[cpu];
  }

  /// The system call that runs: id of its name, none or a symbol.
  public long syscall(int cpu) {
    return bodies.syscall(body[cpu]);
  }

  /// The context that runs, see [Contexts].
  public long context(int cpu) {
    return Contexts.of(cpu, irq[cpu], timer[cpu], softirq[cpu]) | marks[cpu];
  }

  /// Another thread runs from now on.
  ///
  /// @return the body that nobody has any more, where records contradict each other, or -1
  public int switchTo(int cpu, int previous, int next) {
    int nobodys = bodies.putDown(body[cpu], previous);
    body[cpu] = bodies.takeUp(next);
    thread[cpu] = next;
    softirq(cpu, Symbols.NONE);
    return nobodys;
  }

  /// It is not known any more what runs; nothing of it is known to go on.
  public void lose(int cpu) {
    body[cpu] = bodies.add(Bodies.Origin.NEW, 0);
    thread[cpu] = ThreadRefs.NONE;
    softirq(cpu, Symbols.NONE);
  }

  /// A thread makes the next record, of which nothing else tells that it runs.
  ///
  /// @return what [#leave] needs behind the record
  public int enter(int cpu, int by) {
    int unknown = body[cpu];
    body[cpu] = bodies.takeUp(by);
    thread[cpu] = by;
    return unknown;
  }

  /// It is not known again what runs.
  ///
  /// @return the body that nobody has any more, where the thread took the id of another one, or -1
  public int leave(int cpu, int unknown) {
    int nobodys = bodies.putDown(body[cpu], thread[cpu]);
    body[cpu] = unknown;
    thread[cpu] = ThreadRefs.NONE;
    return nobodys;
  }

  /// The running thread goes on under another tid.
  public void rename(int cpu, int next) {
    thread[cpu] = next;
  }

  /// An interrupt handler was entered (id of its name) or left ([Symbols#NONE]).
  public void irq(int cpu, long name) {
    marks[cpu] = 0;
    irq[cpu] = name;
  }

  /// A timer's function was called (id of a name) or returned; no interrupt is on top of it.
  public void timer(int cpu, long name) {
    irq(cpu, Symbols.NONE);
    timer[cpu] = name;
  }

  /// A softirq was entered (id of its name) or left; nothing is on top of it.
  public void softirq(int cpu, long name) {
    timer(cpu, Symbols.NONE);
    softirq[cpu] = name;
  }

  /// Something happened in the present context.
  public void mark(int cpu, long mark) {
    marks[cpu] |= mark;
  }

  long irq(int cpu) {
    return irq[cpu];
  }

  long timer(int cpu) {
    return timer[cpu];
  }

  long softirq(int cpu) {
    return softirq[cpu];
  }

  long marks(int cpu) {
    return marks[cpu];
  }

  /// Forgets all.
  public void clear() {
    Arrays.fill(touched, false);
    size = 0;
  }

  private void grow(int count) {
    if (count > touched.length) {
      int capacity = Math.max(count, 8 + touched.length * 2);
      touched = Arrays.copyOf(touched, capacity);
      thread = Arrays.copyOf(thread, capacity);
      body = Arrays.copyOf(body, capacity);
      irq = Arrays.copyOf(irq, capacity);
      timer = Arrays.copyOf(timer, capacity);
      softirq = Arrays.copyOf(softirq, capacity);
      marks = Arrays.copyOf(marks, capacity);
    }
    size = count;
  }
}
