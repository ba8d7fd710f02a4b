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

  /// Now. Not before any time that this thread was told.
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
      long width = after - before;
      boolean isNarrow = width < NARROW_CYCLES;
      if (current.isToCome(after) || (current.isNone() && !isNarrow)) {
        // In a loop, since what others were told by a line is not for this one to pass.
        if (line == current) {
          return current.between(clockNs);
        }
        continue;
      }
      if (attempt < (isNarrow ? ENOUGH_TRIES : MOST_TRIES) && width > usualCycles * 5 / 4) {
        usualCycles += usualCycles / 16 + 1;
        continue;
      }
      usualCycles = Math.min(width, NARROW_CYCLES);
      long middle = before + width / 2;
      ClockLine next = isNarrow ? current.next(middle, clockNs) : current.stopped(middle, clockNs);
      if (next == current) {
        if (line == current) {
          return current.between(clockNs);
        }
      } else if (LINE.compareAndSet(current, next) && !next.covers(after)) {
        return next.between(clockNs);
      }
    }
  }
}
