package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `rideau serve` says and how it ends; the server has its own tests.
final class ServeCommandTest {
  private static final Path CHECKOUT = SharedData.checkout();

  @Test
  void tellsItsAddressAndEndsWhenReady() {
    Run run =
        Run.of(
            "serve", "--no-cache", "--end-when-ready", CHECKOUT.resolve("examples/cpuburn") + "");
    assertThat(run.stdout())
        .matches("rideau: http://127\\.0\\.0\\.1:[0-9]+/  \\(Ctrl-C ends it\\)\\R");
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve --end-when-ready", "serve"})
  void endsWithAnErrorWhereThereIsNoTraceAtAll(String command) {
    String file = CHECKOUT.resolve("README.md").toString();
    Run run = Run.of((command + " " + file).split(" "));
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr())
        .startsWith("rideau: error: " + file + ": this file is not a trace")
        .containsOnlyOnce(file);
    assertThat(run.exitCode()).isEqualTo(1);
  }
}
