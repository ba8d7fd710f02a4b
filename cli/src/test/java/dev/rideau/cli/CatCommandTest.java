package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Options of `cat` that do not go together, and its exit code.
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

  /// A fault is told also where no line was printed before it.
  @ParameterizedTest
  @ValueSource(strings = {"", "--json", "-e=none", "--where=lel == 5"})
  void aFaultWithoutLinesIsAnError(String option, @TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("metadata"),
        """
        /* CTF 1.8 */
        typealias integer { size = 8; } := u8;
        trace { major = 1; minor = 8; byte_order = be; };
        stream { event.header := struct { u8 id; }; };
        event { id = 66; name = test; fields := struct { u8 lel; string text; }; };
        """);
    // No class has 67; where an option chooses, a record that it leaves out comes before.
    boolean chooses = option.contains("=");
    Files.write(
        folder.resolve("stream"), chooses ? new byte[] {66, 1, 0, 67, 1} : new byte[] {67, 1});
    String trace = folder.toString();
    Run run = option.isEmpty() ? Run.of("cat", trace) : Run.of("cat", option, trace);
    assertThat(run.stdout()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("packet 0, bit ", "no event class with id 67");
  }
}
