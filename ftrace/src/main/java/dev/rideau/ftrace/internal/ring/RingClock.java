package dev.rideau.ftrace.internal.ring;

import dev.rideau.trace.ClockClass;

/// Turns values of the trace clock into nanoseconds.
///
/// @param clock the clock as the trace declares it
/// @param multiplier for counters of the processor: nanoseconds are `value * multiplier >> shift`;
///   0 for clocks that count nanoseconds
public record RingClock(ClockClass clock, long multiplier, int shift) {

  /// Converts `count` clock values.
  void convert(long[] values, long[] timestampsNs, int count) {
    if (multiplier != 0) {
      for (int i = 0; i < count; i++) {
        values[i] = scaled(values[i]);
      }
    }
    clock.toNs(values, timestampsNs, count);
  }

  /// The clock value of a time of the ring buffer.
  public long scaled(long value) {
    if (multiplier == 0) {
      return value;
    }
    long high = Math.unsignedMultiplyHigh(value, multiplier);
    long low = value * multiplier;
    return shift == 0 ? low : high << 64 - shift | low >>> shift;
  }

  /// Nanoseconds of a time of the ring buffer.
  public long toNs(long value) {
    return clock.toNs(scaled(value));
  }
}
