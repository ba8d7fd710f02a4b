package dev.rideau.kernel.internal.track;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// What the CPUs of the machine are at between two slices. Owned by the join.
final class Machine {
  private int[] threads = new int[0];
  private int[] bodies = new int[0];
  private long[] irqs = new long[0];
  private long[] timers = new long[0];
  private long[] softirqs = new long[0];
  private long[] marks = new long[0];

  /// By thread: its body while it is on no CPU.
  private int[] bodyAtThread = new int[0];

  private long[] syscalls = new long[64];
  private int bodyCount;

  int thread(int cpu) {
    ensureCpu(cpu);
    return threads[cpu];
  }

  void thread(int cpu, int thread) {
    ensureCpu(cpu);
    threads[cpu] = thread;
  }

  /// Copies the contexts of all CPUs that a slice may ask for.
  void contextsInto(Resolution resolution, int cpus) {
    if (cpus > 0) {
      ensureCpu(cpus - 1);
    }
    resolution.irqs = Arrays.copyOf(irqs, cpus);
    resolution.timers = Arrays.copyOf(timers, cpus);
    resolution.softirqs = Arrays.copyOf(softirqs, cpus);
    resolution.marks = Arrays.copyOf(marks, cpus);
  }

  /// Finds what the bodies of a slice are.
  void bodiesInto(Resolution resolution, Bodies local) {
    int[] map = new int[local.size()];
    long[] calls = new long[map.length];
    for (int body = 0; body < map.length; body++) {
      int place = local.place(body);
      map[body] =
          switch (local.origin(body)) {
            case CPU -> onCpu(place);
            case THREAD -> atThread(resolution.thread(place));
            case NEW -> newBody();
          };
      calls[body] = syscalls[map[body]];
    }
    resolution.bodies = map;
    resolution.syscalls = calls;
  }

  private int onCpu(int cpu) {
    ensureCpu(cpu);
    if (bodies[cpu] < 0) {
      bodies[cpu] = newBody();
    }
    return bodies[cpu];
  }

  private int atThread(int thread) {
    if (thread < 0) {
      return newBody();
    }
    ensureThread(thread);
    if (bodyAtThread[thread] < 0) {
      bodyAtThread[thread] = newBody();
    }
    return bodyAtThread[thread];
  }

  private int newBody() {
    if (bodyCount == syscalls.length) {
      syscalls = Arrays.copyOf(syscalls, bodyCount * 2);
    }
    syscalls[bodyCount] = Symbols.NONE;
    return bodyCount++;
  }

  /// Takes over how a slice leaves everything.
  ///
  /// @param nobodys gets bodies that no thread has any more
  void adopt(SliceState slice, IntConsumer nobodys) {
    Resolution resolution = slice.resolution();
    Bodies local = slice.bodies;
    Cpus cpus = slice.cpus;
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      if (cpus.isTouched(cpu)) {
        threads[cpu] = resolution.thread(cpus.thread(cpu));
        bodies[cpu] = resolution.bodies[cpus.body(cpu)];
        // Whatever ends the context says what the interrupt is from then on.
        marks[cpu] = cpus.marks(cpu) | (cpus.irq(cpu) == Cpus.INHERITED ? marks[cpu] : 0);
        irqs[cpu] = changed(irqs[cpu], cpus.irq(cpu));
        timers[cpu] = changed(timers[cpu], cpus.timer(cpu));
        softirqs[cpu] = changed(softirqs[cpu], cpus.softirq(cpu));
      }
    }
    for (int ref = 0; ref < slice.threads.size(); ref++) {
      int body = local.atThread(ref);
      int thread = resolution.thread(ref);
      if (body != Bodies.UNTOUCHED && thread >= 0) {
        ensureThread(thread);
        int before = bodyAtThread[thread];
        bodyAtThread[thread] = body == Bodies.TAKEN ? -1 : resolution.bodies[body];
        if (before >= 0 && !contains(resolution.bodies, before)) {
          nobodys.accept(before);
        }
      }
    }
    for (int body = 0; body < local.size(); body++) {
      if (!Symbols.isInherited(local.syscall(body))) {
        syscalls[resolution.bodies[body]] = local.syscall(body);
      }
    }
    // A symbol can only be about the body itself: calls do not pass from one to another.
  }

  private static boolean contains(int[] bodies, int body) {
    for (int each : bodies) {
      if (each == body) {
        return true;
      }
    }
    return false;
  }

  private static long changed(long before, long now) {
    return now == Cpus.INHERITED ? before : now;
  }

  private void ensureCpu(int cpu) {
    int old = threads.length;
    if (cpu >= old) {
      int count = Math.max(cpu + 1, old * 2);
      threads = Arrays.copyOf(threads, count);
      bodies = Arrays.copyOf(bodies, count);
      irqs = Arrays.copyOf(irqs, count);
      timers = Arrays.copyOf(timers, count);
      softirqs = Arrays.copyOf(softirqs, count);
      marks = Arrays.copyOf(marks, count);
      Arrays.fill(threads, old, count, ThreadRefs.NONE);
      Arrays.fill(bodies, old, count, -1);
      Arrays.fill(irqs, old, count, Symbols.NONE);
      Arrays.fill(timers, old, count, Symbols.NONE);
      Arrays.fill(softirqs, old, count, Symbols.NONE);
    }
  }

  private void ensureThread(int thread) {
    int old = bodyAtThread.length;
    if (thread >= old) {
      bodyAtThread = Arrays.copyOf(bodyAtThread, Math.max(thread + 1, old * 2));
      Arrays.fill(bodyAtThread, old, bodyAtThread.length, -1);
    }
  }
}
