package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlameCommandTest {
  private static final Path STACKS = SharedData.checkout().resolve("examples/stacks.perf.data");

  @TempDir Path folder;

  @Test
  void drawsAPicture() throws IOException {
    Path file = folder.resolve("flame.svg");
    Run run = Run.of("flame", STACKS.toString(), "-o", file.toString());
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(file))
        .startsWith("<?xml")
        .contains("<title>ls (")
        .endsWith("</svg>\n");
  }

  @Test
  void writesCollapsedStacks() {
    Run run = Run.of("flame", STACKS.toString(), "--collapsed");
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout().lines()).isNotEmpty().allMatch(line -> line.matches("ls(;.+)? \\d+"));
  }

  @Test
  void saysWhenThereAreNoSamples() {
    Run run = Run.of("flame", SharedData.checkout().resolve("examples/cpuburn").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("none of these traces has samples");
  }

  @Test
  void catPrintsAsPerfScriptDoes() {
    Run run = Run.of("cat", STACKS.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout()).matches("(?s)ls +\\d+ +\\d+\\.\\d{6}: +\\d+ cpu-clock: \n\t.*");
    assertThat(Run.of("cat", "--like=babeltrace2", STACKS.toString()).stdout())
        .contains("PERF_RECORD_COMM: ");
  }
}
