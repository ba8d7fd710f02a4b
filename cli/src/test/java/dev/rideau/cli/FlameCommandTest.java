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
  void explainNamesIt() {
    Run run = Run.of("explain", STACKS.toString());
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(run.stdout()).contains("rideau flame " + STACKS);
  }

  @Test
  void writesCollapsedStacks() {
    Run run = Run.of("flame", STACKS.toString(), "--collapsed");
    assertThat(run.exitCode()).isZero();
    assertThat(run.stdout().lines()).isNotEmpty().allMatch(line -> line.matches("ls(;.+)? \\d+"));
  }

  @Test
  void samplesAreTables() {
    Run run =
        Run.of(
            "sql",
            STACKS.toString(),
            "--no-cache",
            "--format=csv",
            "SELECT count(*) AS samples, sum(s.frames) = (SELECT count(*) FROM frame) AS whole,"
                + " min(s.thread_name) AS name, min(s.event) AS event,"
                + " bool_and(s.frames = f.frames) AS same FROM stack_sample s LEFT JOIN"
                + " (SELECT stack_sample, count(*) AS frames FROM frame GROUP BY ALL) f"
                + " USING (stack_sample)");
    assertThat(run.stderr()).isEmpty();
    long samples =
        Run.of("flame", STACKS.toString(), "--collapsed")
            .stdout()
            .lines()
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    assertThat(run.stdout())
        .isEqualTo("samples,whole,name,event,same\n" + samples + ",true,ls,cpu-clock,true\n");
    Run report = Run.of("report", "functions", STACKS.toString(), "--no-cache", "--format=csv");
    assertThat(report.stdout().lines().skip(1)).isNotEmpty();
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
