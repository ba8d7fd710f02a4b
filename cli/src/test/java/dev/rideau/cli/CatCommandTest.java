package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import org.junit.jupiter.api.Test;

/// Options of `cat` that do not go together.
final class CatCommandTest {
  private static final String TRACE = SharedData.checkout().resolve("examples/cpuburn").toString();

  @Test
  void optionsOfLinesThatJsonHasNoUseForAreNamed() {
    Run run = Run.of("cat", "--json", "--names=none", "--no-delta", "--limit=1", TRACE);
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout()).startsWith("{\"timestamp\":").hasLineCount(1);
    assertThat(run.stderr())
        .contains("--names changes nothing of JSON", "--no-delta changes nothing of JSON");
  }

  @Test
  void linesOfTextNeedNoNote() {
    Run run = Run.of("cat", "--names=none", "--no-delta", "--limit=1", TRACE);
    assertThat(run.exitCode()).isZero();
    assertThat(run.stderr()).isEmpty();
  }
}
