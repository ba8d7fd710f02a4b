package dev.rideau.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClockClassTest {

  @Test
  void addsOffsets() {
    assertThat(clock(1_000_000_000, 10, 5).toNs(7)).isEqualTo(10_000_000_012L);
    assertThat(clock(1_000_000_000, -10, 5).toNs(7)).isEqualTo(-9_999_999_988L);
    assertThat(clock(1_000_000_000, 0, 3_000_000_001L).toNs(0)).isEqualTo(3_000_000_001L);
    assertThat(clock(1000, 1, 2500).toNs(1)).isEqualTo(3_501_000_000L);
  }

  /// Each part is rounded down on its own, in double precision, as babeltrace2 does.
  @Test
  void convertsOtherFrequenciesLikeBabeltrace2() {
    assertThat(clock(3_293_832_152L, 0, 0).toNs(31_201_858_439_298L)).isEqualTo(9_472_813_731_674L);
    assertThat(clock(3, 0, 1).toNs(1)).isEqualTo(666_666_666L);
    assertThat(clock(3, 0, 0).toNs(2)).isEqualTo(666_666_666L);
    assertThat(clock(3, 0, 2).toNs(1)).isEqualTo(999_999_999L);
  }

  @Test
  void saturates() {
    assertThat(clock(1_000_000_000, 1, 0).toNs(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(1_000_000_000, 1, 0).toNs(-1)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(1, 0, 0).toNs(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(1_000_000_000, Long.MIN_VALUE, 0).toNs(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(clock(1_000_000_000, Long.MAX_VALUE, 999_999_999).toNs(5)).isEqualTo(Long.MAX_VALUE);
    assertThat(clock(1_000_000_000, -1, 0).toNs(Long.MIN_VALUE))
        .isEqualTo(Long.MAX_VALUE - 999_999_999);
  }

  static ClockClass clock(long frequencyHz, long offsetSeconds, long offsetCycles) {
    return new ClockClass(
        "clock",
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
}
