package dev.rideau.record.internal.tracefs;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The trace clock of an instance, read from here.
///
/// `mono` is what [System#nanoTime] reads; of the others the kernel tells the time in a file. How
/// they differ from `mono` is taken once, and how long a cycle is of those that count cycles is
/// measured.
public final class TraceClock {
  /// Of [#cycleMultiplier].
  public static final int CYCLE_SHIFT = 31;

  private static final Pattern NOW = Pattern.compile("now ts:\\s*(\\d+)(?:\\.(\\d{6}))?");

  /// Between the two readings that tell the length of a cycle: 5 us of error are 25 in a million.
  private static final long MEASURE_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int READINGS = 20;

  /// One moment on both clocks.
  private record Moment(long nanoTime, long value, boolean countsNs) {}

  private final Instance instance;
  private final boolean isMono;
  private final Moment start;
  private final double nsPerValue;
  private final long cycleMultiplier;

  private TraceClock(Instance instance, boolean isMono, Moment start, double nsPerValue) {
    this.instance = instance;
    this.isMono = isMono;
    this.start = start;
    this.nsPerValue = nsPerValue;
    cycleMultiplier = start.countsNs ? 0 : Math.round(nsPerValue * (1L << CYCLE_SHIFT));
  }

  /// The clock that the instance uses.
  public static TraceClock of(Instance instance, String name) {
    if (name.equals("mono")) {
      return new TraceClock(instance, true, new Moment(0, 0, true), 1);
    }
    Moment start = closest(instance);
    if (start.countsNs) {
      return new TraceClock(instance, false, start, 1);
    }
    long untilNs = start.nanoTime + MEASURE_NS;
    for (long leftNs = MEASURE_NS; leftNs > 0; leftNs = untilNs - System.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
    Moment end = closest(instance);
    double values = end.value - start.value;
    double nsPerCycle = values <= 0 ? 0 : (end.nanoTime - start.nanoTime) / values;
    // A counter of events has values far apart, or none: they are no times.
    return new TraceClock(instance, false, start, nsPerCycle < 2 ? nsPerCycle : 0);
  }

  /// Of some readings the one that took least time.
  private static Moment closest(Instance instance) {
    Moment best = new Moment(System.nanoTime(), 0, false);
    long narrowest = Long.MAX_VALUE;
    for (int i = 0; i < READINGS; i++) {
      long before = System.nanoTime();
      Moment read = read(instance);
      long tookNs = System.nanoTime() - before;
      if (tookNs < narrowest && read != null) {
        narrowest = tookNs;
        best = new Moment(before + tookNs / 2, read.value, read.countsNs);
      }
    }
    return best;
  }

  /// What the kernel tells, cut to microseconds where it counts time; null when it tells nothing.
  private static @Nullable Moment read(Instance instance) {
    Matcher matcher = NOW.matcher(instance.text("per_cpu/cpu0/stats"));
    if (!matcher.find()) {
      return null;
    }
    String micros = matcher.group(2);
    long number = Long.parseUnsignedLong(matcher.group(1));
    long value =
        micros == null
            ? number
            : TimeUnit.SECONDS.toNanos(number)
                + TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros));
    return new Moment(System.nanoTime(), value, micros != null);
  }

  /// Whether its values can be told in nanoseconds: those of `counter` and `uptime` cannot.
  public boolean countsNs() {
    return start.countsNs || cycleMultiplier != 0;
  }

  /// The clock's value now, never one that is still to come: the kernel is asked again where the
  /// clock is not `mono`, for they drift apart.
  public long now() {
    Moment read = isMono ? null : read(instance);
    if (read != null) {
      return read.value;
    }
    long sinceNs = System.nanoTime() - start.nanoTime;
    return start.value + (cycleMultiplier == 0 ? sinceNs : Math.round(sinceNs / nsPerValue));
  }

  /// Of a clock that counts cycles: nanoseconds are `cycles * multiplier >> CYCLE_SHIFT`; else 0.
  public long cycleMultiplier() {
    return cycleMultiplier;
  }

  /// Nanoseconds from the Unix epoch to the clock's zero, or 0 when it counts something else.
  public long wallOffsetNs() {
    if (nsPerValue == 0) {
      return 0;
    }
    long best = 0;
    long narrowest = Long.MAX_VALUE;
    // The reading between the two that are closest is least disturbed.
    for (int i = 0; i < READINGS; i++) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long after = System.nanoTime();
      if (after - before < narrowest) {
        narrowest = after - before;
        long middle = before + (after - before) / 2 - start.nanoTime + ticksNs(start.value);
        best = TimeUnit.SECONDS.toNanos(wall.getEpochSecond()) + wall.getNano() - middle;
      }
    }
    return best;
  }

  /// Nanoseconds of a value of the clock, from its own zero.
  public long ticksNs(long value) {
    if (cycleMultiplier == 0) {
      return value;
    }
    long high = Math.unsignedMultiplyHigh(value, cycleMultiplier);
    return high << Long.SIZE - CYCLE_SHIFT | value * cycleMultiplier >>> CYCLE_SHIFT;
  }
}
