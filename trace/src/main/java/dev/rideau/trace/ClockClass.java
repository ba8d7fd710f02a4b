package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// The description of a clock: how its cycles become nanoseconds on the trace timeline.
///
/// @param id what metadata calls it to refer to it; for CTF 1.8 the name
/// @param frequencyHz cycles per second, above zero
/// @param offsetSeconds seconds from the origin to cycle zero
/// @param offsetCycles cycles to add to those seconds
/// @param precisionCycles precision, null when not said
/// @param accuracyCycles accuracy (CTF 2), null when not said
public record ClockClass(
    String id,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    @Nullable String description,
    long frequencyHz,
    long offsetSeconds,
    long offsetCycles,
    @Nullable Long precisionCycles,
    @Nullable Long accuracyCycles,
    ClockOrigin origin,
    Attributes attributes) {

  /// Nanoseconds in a second.
  public static final long NS_PER_SECOND = 1_000_000_000L;

  /// Nanoseconds from the origin to the cycle `cycles` (unsigned). What lies outside the range of
  /// `long` saturates.
  ///
  /// With a frequency other than 1 GHz the value and the offset are converted each on its own, in
  /// `double`s and rounded down, because that is what babeltrace2 does: times of different tools
  /// must be equal to the last digit.
  public long toNs(long cycles) {
    long base = baseNs();
    if (frequencyHz == NS_PER_SECOND) {
      // The sum of an unsigned and a signed number: what wraps twice is right again.
      long sum = base + cycles;
      boolean fits = cycles >= 0 ? base < 0 || sum >= 0 : base < 0 && sum >= 0;
      return fits ? sum : Long.MAX_VALUE;
    }
    return saturatedSum(base, cyclesToNs(cycles));
  }

  /// Converts the first `count` clock values as [#toNs(long)] does.
  public void toNs(long[] clockValues, long[] timestampsNs, int count) {
    long base = baseNs();
    long greatest = 0;
    for (int i = 0; i < count; i++) {
      greatest |= clockValues[i];
    }
    // Neither wraps: the sum is all there is to do.
    boolean fits = greatest >>> 62 == 0 && base > -(1L << 62) && base < 1L << 62;
    if (frequencyHz == NS_PER_SECOND && fits) {
      for (int i = 0; i < count; i++) {
        timestampsNs[i] = base + clockValues[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        timestampsNs[i] = toNs(clockValues[i]);
      }
    }
  }

  /// Nanoseconds from the origin to cycle zero, saturated.
  public long baseNs() {
    long seconds = saturatedSum(offsetSeconds, Long.divideUnsigned(offsetCycles, frequencyHz));
    long cycles = Long.remainderUnsigned(offsetCycles, frequencyHz);
    return saturatedSum(saturatedProduct(seconds, NS_PER_SECOND), cyclesToNs(cycles));
  }

  private long cyclesToNs(long cycles) {
    if (frequencyHz == NS_PER_SECOND) {
      return cycles;
    }
    return (long) (1e9 * toDouble(cycles) / toDouble(frequencyHz));
  }

  private static double toDouble(long unsigned) {
    return unsigned >= 0 ? unsigned : (unsigned >>> 1 | unsigned & 1) * 2.0;
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  private static long saturatedProduct(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if (high != low >> 63) {
      return (a < 0) == (b < 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return low;
  }
}
