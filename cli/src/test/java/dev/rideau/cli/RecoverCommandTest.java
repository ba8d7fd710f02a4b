package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.nio.file.Files;
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
  void whatIsNoFolderIsNotCalledClosed(@TempDir Path folder) throws Exception {
    Run absent = Run.of("recover", folder.resolve("nosuch").toString());
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.stderr()).contains("nosuch: there is no such folder");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(Run.of("recover", file.toString()).stderr())
        .contains("file: is a file; a folder that a program recorded to is wanted");
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
