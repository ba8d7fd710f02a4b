package dev.rideau.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ClockClassTest {
  private static final BigInteger NS_PER_SECOND = BigInteger.valueOf(ClockClass.NS_PER_SECOND);

  private static ClockClass clock(long frequencyHz, long offsetSeconds, long offsetCycles) {
    return new ClockClass(
        "c",
        null,
        null,
        null,
        null,
        frequencyHz,
        offsetSeconds,
        offsetCycles,
        null,
        null,
        new ClockOrigin.UnixEpoch(),
        Attributes.NONE);
  }

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
    if (exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE - 1e4)) > 0) {
      assertThat(Math.abs((double) ns)).isGreaterThanOrEqualTo(0x1p63 - 1e5);
    } else {
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

  @Test
  void wholeSecondsAreWholeSeconds() {
    assertThat(clock(1, 0, 0).toNs(5)).isEqualTo(5_000_000_000L);
    assertThat(clock(1000, 10, 500).toNs(1500)).isEqualTo(12_000_000_000L);
    assertThat(clock(24_000_000, -1, 0).toNs(36_000_000)).isEqualTo(500_000_000L);
    assertThat(clock(3, 0, 0).toNs(1)).isEqualTo(333_333_333L);
  }

  @Test
  void whatIsOutOfRangeSaturates() {
    assertThat(clock(1, Long.MAX_VALUE, 0).toNs(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(1, Long.MIN_VALUE, 0).toNs(1)).isEqualTo(Long.MIN_VALUE);
    assertThat(clock(1, Long.MAX_VALUE, 0).toNs(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(ClockClass.NS_PER_SECOND, 0, 0).toNs(-1)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(ClockClass.NS_PER_SECOND, 9_223_372_036L, 0).toNs(1L << 62))
        .isEqualTo(Long.MAX_VALUE);
  }
}
