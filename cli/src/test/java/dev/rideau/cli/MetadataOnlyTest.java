package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A folder with metadata and no data: nothing to print, but the metadata is judged.
final class MetadataOnlyTest {
  private static final String BLOCK =
      "/* CTF 1.8 */\ntrace { major = 1; minor = 8; byte_order = le;";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cat", "stat"})
  void rightMetadataIsFine(String command) throws IOException {
    Files.writeString(folder.resolve("metadata"), BLOCK + " };\n");
    Run run = Run.of(command, folder.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.stderr()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "stat"})
  void wrongMetadataIsAnErrorWithItsPlace(String command) throws IOException {
    Files.writeString(
        folder.resolve("metadata"), BLOCK + " };\nclock { name = c; colour = red; };\n");
    Run run = Run.of(command, folder.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("metadata:3:19: unknown attribute `colour`");
  }
}
