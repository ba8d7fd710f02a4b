package dev.rideau.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryOutputTest {
  @TempDir private Path folder;

  @Test
  void getsItsNameOnlyWhenCommitted() throws IOException {
    Path target = folder.resolve("trace");
    try (TemporaryOutput output = TemporaryOutput.directoryFor(target)) {
      Files.writeString(output.path().resolve("metadata"), "x");
      assertThat(target).doesNotExist();
      output.commit();
    }
    assertThat(target.resolve("metadata")).hasContent("x");
    assertThat(entries()).containsExactly("trace");
  }

  @Test
  void leavesNothingWhenNotCommitted() throws IOException {
    try (TemporaryOutput output = TemporaryOutput.directoryFor(folder.resolve("trace"))) {
      Files.createDirectories(output.path().resolve("a/b"));
      Files.writeString(output.path().resolve("a/b/stream"), "x");
    }
    assertThat(entries()).isEmpty();
  }

  @Test
  void takesTheNameOfAnEmptyFolder() throws IOException {
    Path target = Files.createDirectory(folder.resolve("trace"));
    try (TemporaryOutput output = TemporaryOutput.directoryFor(target)) {
      Files.writeString(output.path().resolve("metadata"), "x");
      output.commit();
    }
    assertThat(target.resolve("metadata")).exists();
  }

  @Test
  void neverReplacesWhatIsThere() throws IOException {
    Path target = Files.createDirectory(folder.resolve("trace"));
    Files.writeString(target.resolve("precious"), "x");
    assertThatThrownBy(() -> TemporaryOutput.directoryFor(target))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("not empty");
    assertThat(target.resolve("precious")).hasContent("x");
  }

  @Test
  void needsAParent() {
    assertThatThrownBy(() -> TemporaryOutput.directoryFor(folder.resolve("no/trace")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no such folder");
  }

  @Test
  void isDeletedWhenTheProcessIsTerminated() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName(),
                folder.resolve("trace").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("written");
    assertThat(entries()).hasSize(1);
    process.destroy(); // SIGTERM; Ctrl-C takes the same way through the shutdown hook
    process.waitFor();
    assertThat(entries()).isEmpty();
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /// A command in the middle of its work.
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws Exception {
      try (TemporaryOutput output = TemporaryOutput.directoryFor(Path.of(arguments[0]))) {
        Files.writeString(output.path().resolve("stream"), "x");
        System.out.println("written");
        Thread.sleep(60_000);
      }
    }
  }
}
