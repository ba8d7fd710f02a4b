package dev.rideau.trace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

final class SharedDataTest {
  @Test
  void findsTheCheckout() {
    assertThat(SharedData.checkout().resolve(".mvn/jvm.config")).exists();
  }

  @Test
  void skipsWithTheNameOfWhatIsMissing() {
    assertThatThrownBy(() -> SharedData.require("no/such/data"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no/such/data")
        .hasMessageContaining("RIDEAU_SHARED");
  }
}
