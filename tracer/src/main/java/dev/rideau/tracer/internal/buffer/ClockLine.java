package dev.rideau.tracer.internal.buffer;

/// A piece of the function that turns cycles into CLOCK_MONOTONIC: a line over a millisecond.
/// Immutable.
///
/// Lines follow each other, and where one ends the next one begins, or later and higher: so the
/// function never falls, whoever evaluates it and however late. What the last line was wrong by is
/// made good by the next ones.
///
/// ```
///   ns                        _,-'   aims nearer to the clock
///    |              ___,,--''|
///    |      __,,--''|        |       the last line ran ahead
///    |  _,-'        |        |
///    +---------------------------- cycles
///       begin    + length
/// ```
///
/// Until the frequency of the counter is known, and the first line has begun, the clock itself is
/// told: after all times of the last line and before those of the next one. Where it is not between
/// these, it has to be waited for: a time that stood still would hide which of two events of a
/// thread came first, when they are in different buffers.
final class ClockLine {
  static final long LENGTH_NS = 1_000_000;

  /// For how long the clock is watched before its frequency is believed.
  static final long BASE_NS = 20_000_000;

  private static final long UNKNOWN_NS = Long.MIN_VALUE;
  private static final long LONGEST_BASE_NS = 100_000_000;
  // More than a frequency is steered by at once: the machine slept, or its counter jumped.
  private static final double MOST_CHANGE = 1e-4;
  private static final double SMALL_NS = 500;
  private static final double SCALE = 1L << 32;
  private static final int SHIFT = 32;

  private final long begin;
  private final long length;
  private final long beginNs;
  private final long slope;

  private final boolean isFirst;
  private final long floorNs;
  private final double nsPerCycle;
  private final long baseCycles;
  private final long baseNs;

  private ClockLine(
      long begin,
      long length,
      long beginNs,
      long slope,
      boolean isFirst,
      long floorNs,
      double nsPerCycle,
      long baseCycles,
      long baseNs) {
    this.begin = begin;
    this.length = length;
    this.beginNs = beginNs;
    this.slope = slope;
    this.isFirst = isFirst;
    this.floorNs = floorNs;
    this.nsPerCycle = nsPerCycle;
    this.baseCycles = baseCycles;
    this.baseNs = baseNs;
  }

  /// No line yet, and nothing is known.
  static ClockLine none() {
    return none(0, UNKNOWN_NS, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  // The clock is told up to `beginNs`, before which no line will begin: however late somebody comes
  // with the first one, nobody has been told a time behind its begin.
  private static ClockLine none(long baseCycles, long baseNs, long floorNs, long beginNs) {
    return new ClockLine(baseCycles, 0, beginNs, 0, false, floorNs, 0, baseCycles, baseNs);
  }

  /// Whether this line says what time it is at a reading of the counter.
  boolean covers(long cycles) {
    return Long.compareUnsigned(cycles - begin, length) < 0;
  }

  /// The time at a reading that is covered.
  long at(long cycles) {
    return beginNs + ((cycles - begin) * slope >>> SHIFT);
  }

  /// Whether what the clock says may be told where there is no line.
  boolean tells(long clockNs) {
    return (isNone() || isFirst) && floorNs < clockNs && clockNs < beginNs;
  }

  /// Whether there is no line.
  boolean isNone() {
    return length == 0;
  }

  /// No line after this one, until the frequency has been measured anew.
  private ClockLine stopped(long cycles, long clockNs) {
    return begunAgain(cycles, clockNs, clockNs);
  }

  /// What comes after this when the clock could not be read near enough to the counter: no line.
  ///
  /// @return this very object while that goes on
  ClockLine unmeasured(long clockNs) {
    if (!isNone()) {
      return begunAgain(0, UNKNOWN_NS, clockNs);
    }
    return clockNs < beginNs ? this : begunAgain(baseCycles, baseNs, clockNs);
  }

  private ClockLine begunAgain(long baseCycles, long baseNs, long clockNs) {
    long floor = isNone() ? floorNs : endNs();
    return none(baseCycles, baseNs, floor, Math.max(clockNs, floor) + LENGTH_NS);
  }

  /// Whether the line begins after a reading of the counter.
  boolean isToCome(long cycles) {
    return isFirst && cycles - begin < 0 && begin - cycles <= 2 * length;
  }

  private long endNs() {
    return at(begin + length);
  }

  /// The line for the time after this one.
  ///
  /// @param cycles the counter, at the moment when the clock said `clockNs`; not covered by this
  ///   line, and after it
  /// @return this very object while nothing is known yet
  ClockLine next(long cycles, long clockNs) {
    if (isNone()) {
      return first(cycles, clockNs);
    }
    if (cycles - begin < 0) {
      return stopped(cycles, clockNs);
    }
    long watchedNs = clockNs - baseNs;
    double rate = nsPerCycle;
    long nextBaseCycles = baseCycles;
    long nextBaseNs = baseNs;
    if (watchedNs >= BASE_NS) {
      rate = (double) watchedNs / (cycles - baseCycles);
      if (!isRate(rate) || Math.abs(rate / nsPerCycle - 1) > MOST_CHANGE) {
        return stopped(cycles, clockNs);
      }
      if (watchedNs > LONGEST_BASE_NS) {
        nextBaseCycles = cycles;
        nextBaseNs = clockNs;
      }
    }
    long end = endNs();
    long goneOn = end + Math.max(0, (long) ((cycles - (begin + length)) * rate));
    long behind = clockNs - goneOn;
    if (-behind > LENGTH_NS / 2) {
      return stopped(cycles, clockNs);
    }
    // A small difference is mostly that of the reading: a quarter of it is made good. Where the
    // last line ended long ago, or was far off, the clock is believed at once.
    boolean isSmall = Math.abs(behind) < SMALL_NS && goneOn - end < 5 * LENGTH_NS;
    long beginNs = Math.max(end, isSmall ? goneOn : clockNs);
    double aim = isSmall ? behind / 4.0 : clockNs - beginNs;
    return line(
        cycles, beginNs, rate, (LENGTH_NS + aim) / LENGTH_NS * rate, nextBaseCycles, nextBaseNs);
  }

  private ClockLine first(long cycles, long clockNs) {
    if (baseNs == UNKNOWN_NS) {
      return stopped(cycles, clockNs);
    }
    if (clockNs >= beginNs || clockNs - baseNs < BASE_NS) {
      return unmeasured(clockNs);
    }
    double rate = (double) (clockNs - baseNs) / (cycles - baseCycles);
    if (!isRate(rate)) {
      return stopped(cycles, clockNs);
    }
    long begin = cycles + (long) ((beginNs - clockNs) / rate);
    return line(begin, beginNs, rate, rate, baseCycles, baseNs);
  }

  private ClockLine line(
      long begin, long beginNs, double rate, double climb, long baseCycles, long baseNs) {
    return new ClockLine(
        begin,
        (long) (LENGTH_NS / rate),
        beginNs,
        (long) (climb * SCALE),
        isNone(),
        floorNs,
        rate,
        baseCycles,
        baseNs);
  }

  // Between 100 MHz and 20 GHz: such that nothing overflows.
  private static boolean isRate(double nsPerCycle) {
    return nsPerCycle > 0.05 && nsPerCycle < 10;
  }
}
