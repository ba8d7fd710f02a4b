package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of this machine, printed by Rideau and by trace-cmd.
@Tag("oracle")
final class TraceCmdOracleTest {
  private static final Path PROGRAM = Path.of("/usr/bin/trace-cmd");

  @TempDir private Path folder;

  @Test
  void sameLinesOfAnOwnRecording() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM), "skipped: trace-cmd is not installed (apt install trace-cmd)");
    TracefsInstances.require();
    String file = folder.resolve("trace.dat").toString();
    Run recorded =
        Run.of(
            "record",
            "-o",
            file,
            "--duration",
            "300ms",
            "--profile",
            "cpu,io,net",
            "--",
            "ls",
            "-lR",
            "/usr/share/doc/apt");
    assertThat(recorded.exitCode()).isZero();
    assertThat(recorded.stderr()).contains("nothing lost").contains("next: rideau explain");
    Run printed = Run.of("cat", file);
    assertThat(printed.exitCode()).as(printed.stderr()).isZero();
    List<String> expected = report(file);
    assertThat(expected.getFirst()).startsWith("cpus=");
    assertThat(printed.stdout().lines().toList())
        .hasSizeGreaterThan(100)
        .isEqualTo(expected.subList(1, expected.size()));
    for (String compression : List.of("none", "zstd")) {
      Path newer = folder.resolve(compression + ".dat");
      assertThat(
              new ProcessBuilder(
                      PROGRAM.toString(),
                      "convert",
                      "--file-version",
                      "7",
                      "--compression",
                      compression,
                      "-i",
                      file,
                      "-o",
                      newer.toString())
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor())
          .isZero();
      assertThat(Run.of("stat", newer.toString()).stdout()).contains("trace.dat 7");
      assertThat(Run.of("cat", newer.toString()).stdout().lines().toList())
          .as("version 7, compression %s", compression)
          .isEqualTo(expected.subList(1, expected.size()));
    }
  }

  private List<String> report(String file) throws IOException, InterruptedException {
    Path text = folder.resolve("report.txt");
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "report", "-t", "-N", file)
            .redirectOutput(text.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(text, StandardCharsets.UTF_8).lines().toList();
  }
}
