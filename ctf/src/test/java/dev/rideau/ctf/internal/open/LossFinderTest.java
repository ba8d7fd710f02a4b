package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LossFinderTest {
  @Test
  void countersWrapWhereTheirFieldsEnd() {
    assertThat(LossFinder.difference(3, 0xFFFFFFFFL, 32)).isEqualTo(4);
    assertThat(LossFinder.difference(1, 250, 8)).isEqualTo(7);
    assertThat(LossFinder.difference(2, -1, 64)).isEqualTo(3);
    assertThat(LossFinder.difference(1, 0x7FFFFFF, 27)).isEqualTo(2);
  }

  @Test
  void shortCountersMayMakeNearlyAFullTurn() {
    assertThat(LossFinder.difference(249, 250, 8)).isEqualTo(255);
  }

  @Test
  void longCountersRatherGoBackThanMakeHalfATurn() {
    assertThat(LossFinder.difference(249, 250, 32)).isNegative();
    assertThat(LossFinder.difference(249, 250, 64)).isNegative();
  }
}
