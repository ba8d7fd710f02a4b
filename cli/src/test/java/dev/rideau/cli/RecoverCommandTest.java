package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rideau recover` and `rideau trace` where there is nothing to do; what they do is tested in the
/// room of the tracer.
final class RecoverCommandTest {
  @Test
  void aTraceThatWasClosedIsLeftAlone(@TempDir Path folder) {
    Path example = SharedData.checkout().resolve("examples/cpuburn/kernel");
    Run run = Run.of("recover", example.toString(), "-o", folder.resolve("x").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("there is nothing to recover; the recording was closed");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aProcessWithoutTracerIsNamed() {
    Run run = Run.of("trace", "stop", "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("process 1 has no tracer that can be asked");
    assertThat(Run.of("trace").exitCode()).isEqualTo(2);
    assertThat(Run.of("trace", "list").exitCode()).isZero();
  }
}
