package dev.rideau.trace;

import static dev.rideau.trace.ClockClassTest.clock;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Conversions held against exact arithmetic.
final class ClockClassPropertyTest {
  private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(ClockClass.NS_PER_SECOND);

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  private static long saturated(BigInteger value) {
    if (value.bitLength() > 63) {
      return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return value.longValue();
  }

  @Property
  void aNanosecondClockIsExact(
      @ForAll @LongRange(min = -9_000_000_000L, max = 9_000_000_000L) long offsetSeconds,
      @ForAll @LongRange(min = 0, max = 200_000_000_000_000_000L) long offsetCycles,
      @ForAll long cycles) {
    BigInteger exact =
        BigInteger.valueOf(offsetSeconds)
            .multiply(NS_PER_SECOND)
            .add(BigInteger.valueOf(offsetCycles))
            .add(unsigned(cycles));
    ClockClass clock = clock(ClockClass.NS_PER_SECOND, offsetSeconds, offsetCycles);
    assertThat(clock.toNs(cycles)).isEqualTo(saturated(exact));
    assertThat(clock.baseNs()).isEqualTo(saturated(exact.subtract(unsigned(cycles))));
  }

  /// Other frequencies: right but for what `double`s lose.
  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void anyClockIsRightButForRounding(
      @ForAll @LongRange(min = 1, max = 20_000_000_000L) long frequencyHz,
      @ForAll @LongRange(min = -4_000_000_000L, max = 4_000_000_000L) long offsetSeconds,
      @ForAll @LongRange(min = 0, max = 1L << 60) long offsetCycles,
      @ForAll @IntRange(min = 0, max = 63) int shift,
      @ForAll long random) {
    long cycles = random >>> shift;
    MathContext precise = new MathContext(60);
    BigDecimal frequency = BigDecimal.valueOf(frequencyHz);
    BigDecimal cyclesNs =
        new BigDecimal(unsigned(cycles))
            .multiply(BigDecimal.valueOf(1e9))
            .divide(frequency, precise);
    BigDecimal offsetNs =
        BigDecimal.valueOf(offsetCycles)
            .multiply(BigDecimal.valueOf(1e9))
            .divide(frequency, precise);
    BigDecimal exact =
        BigDecimal.valueOf(offsetSeconds * 1_000_000_000L).add(cyclesNs).add(offsetNs);
    double lost = 2 + cyclesNs.doubleValue() * 0x1p-51 + 1e9 * 0x1p-51;
    long ns = clock(frequencyHz, offsetSeconds, offsetCycles).toNs(cycles);
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE - 1e4);
    // What is out of range saturates part by part; that is pinned elsewhere.
    if (exact.abs().compareTo(most) < 0 && cyclesNs.compareTo(most) < 0) {
      assertThat(exact.subtract(BigDecimal.valueOf(ns)).abs().doubleValue()).isLessThan(lost);
    }
  }

  @Property
  void neverGoesBack(
      @ForAll @LongRange(min = 1, max = 5_000_000_000L) long frequencyHz,
      @ForAll @LongRange(min = 0, max = 1L << 62) long cycles,
      @ForAll @LongRange(min = 0, max = 1L << 40) long more) {
    ClockClass clock = clock(frequencyHz, 1_500_000_000L, 12_345);
    assertThat(clock.toNs(cycles + more)).isGreaterThanOrEqualTo(clock.toNs(cycles));
  }
}
