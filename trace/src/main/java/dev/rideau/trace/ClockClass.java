package dev.rideau.trace;

import java.math.BigInteger;
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
  public long toNs(long cycles) {
    if (frequencyHz == NS_PER_SECOND) {
      long base = baseNs();
      long sum = base + cycles;
      if (cycles >= 0 && base != Long.MIN_VALUE && base != Long.MAX_VALUE) {
        // With a non-negative addend the sum wrapped exactly when it came out smaller.
        return sum >= base ? sum : Long.MAX_VALUE;
      }
    }
    return exactNs(cycles);
  }

  /// Nanoseconds from the origin to cycle zero, saturated; only of use with a frequency of 1 GHz.
  public long baseNs() {
    long seconds = saturatedProduct(offsetSeconds, NS_PER_SECOND);
    long sum = seconds + offsetCycles;
    if (((seconds ^ sum) & (offsetCycles ^ sum)) < 0) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  private long exactNs(long cycles) {
    // Split into whole seconds and a rest so that the product with 10^9 stays within 64 bits
    // whenever the frequency does not exceed about 9.2 GHz; the exact form serves the others.
    if (cycles >= 0 && offsetCycles >= 0 && frequencyHz <= NS_PER_SECOND * 9) {
      long total = cycles + offsetCycles;
      if (total >= 0) {
        long seconds = total / frequencyHz;
        long rest = total % frequencyHz;
        long allSeconds = offsetSeconds + seconds;
        if (Math.abs(allSeconds) < 9_000_000_000L) {
          return allSeconds * NS_PER_SECOND + rest * NS_PER_SECOND / frequencyHz;
        }
      }
    }
    BigInteger total =
        new BigInteger(Long.toUnsignedString(cycles)).add(BigInteger.valueOf(offsetCycles));
    BigInteger[] parts =
        total
            .multiply(BigInteger.valueOf(NS_PER_SECOND))
            .divideAndRemainder(BigInteger.valueOf(frequencyHz));
    BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    BigInteger ns =
        BigInteger.valueOf(offsetSeconds).multiply(BigInteger.valueOf(NS_PER_SECOND)).add(floor);
    if (ns.bitLength() > 63) {
      return ns.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return ns.longValue();
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
