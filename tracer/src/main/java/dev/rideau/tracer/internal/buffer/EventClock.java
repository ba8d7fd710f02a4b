package dev.rideau.tracer.internal.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The clock of events: CLOCK_MONOTONIC, in nanoseconds.
///
/// [System#nanoTime()] is that clock, and half of what an event would cost. Where the kernel makes
/// it from the processor's cycle counter, so do we, with [ClockLine]s that whoever needs the next
/// one measures by the clock itself: an event a millisecond pays for it. No lock: of several who
/// measure one wins, and all go on with his.
public final class EventClock {
  private static final int MOST_TRIES = 100;
  private static final int ENOUGH_TRIES = 8;
  // Between the readings around the clock, some 40 ns each. More means that somebody was in
  // between, or that this is not compiled yet.
  private static final long NARROW_CYCLES = 800;

  private static final boolean COUNTED = CycleCounter.isAvailable();
  private static final VarHandle LINE;

  static {
    try {
      LINE = MethodHandles.lookup().findStaticVarHandle(EventClock.class, "line", ClockLine.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private static volatile ClockLine line = ClockLine.none();

  // How near together the readings around the clock are; racy on purpose, it only saves tries.
  private static long usualCycles = NARROW_CYCLES;

  private EventClock() {}

  /// Now. After any time that this thread was told.
  static long now() {
    if (!COUNTED) {
      return System.nanoTime();
    }
    ClockLine current = line;
    long cycles = CycleCounter.cycles();
    return current.covers(cycles) ? current.at(cycles) : renewed();
  }

  /// Now, after everything that was read before: not before any time that another thread had been
  /// told when it wrote what this one has read.
  static long nowInOrder() {
    if (!COUNTED) {
      return System.nanoTime();
    }
    ClockLine current = line;
    long cycles = CycleCounter.cyclesInOrder();
    return current.covers(cycles) ? current.at(cycles) : renewed();
  }

  private static long renewed() {
    for (int attempt = 0; ; attempt++) {
      ClockLine current = line;
      long before = CycleCounter.cyclesInOrder();
      if (current.covers(before)) {
        return current.at(before);
      }
      long clockNs = System.nanoTime();
      long after = CycleCounter.cyclesInOrder();
      if (current.covers(after)) {
        // It began between these readings.
        return current.at(after);
      }
      long width = after - before;
      boolean isNarrow = width < NARROW_CYCLES;
      ClockLine next = current;
      if (current.isNone() && !isNarrow) {
        next = current.unmeasured(clockNs);
      } else if (!current.isToCome(after)) {
        if (attempt < (isNarrow ? ENOUGH_TRIES : MOST_TRIES) && width > usualCycles * 5 / 4) {
          usualCycles += usualCycles / 16 + 1;
          continue;
        }
        usualCycles = Math.min(width, NARROW_CYCLES);
        next = isNarrow ? current.next(before + width / 2, clockNs) : current.unmeasured(clockNs);
      }
      if (next != current && !LINE.compareAndSet(current, next)) {
        continue;
      }
      if (next.tells(clockNs)) {
        return clockNs;
      }
      // Most often a new line covers the next reading. Else the clock is waited for, no longer than
      // a line is.
      Thread.onSpinWait();
    }
  }
}
