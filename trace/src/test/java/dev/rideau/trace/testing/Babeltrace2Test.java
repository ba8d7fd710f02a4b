package dev.rideau.trace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("oracle")
final class Babeltrace2Test {
  @Test
  void keepsOutputAndErrorsApart() {
    Babeltrace2.Result version = Babeltrace2.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.text()).startsWith("Babeltrace 2.");

    Babeltrace2.Result absent = Babeltrace2.run("/no/such/trace");
    assertThat(absent.exitCode()).isNotZero();
    assertThat(absent.stdout()).isEmpty();
    assertThat(absent.stderr()).contains("/no/such/trace");
  }
}
