package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceFolderTest {
  private static final String METADATA =
      "/* CTF 1.8 */\ntrace { major = 1; minor = 8; byte_order = le; };\n"
          + "clock { name = c; colour = red; };\n";

  @TempDir private Path folder;

  @Test
  void bentRuleIsAWarningWhereThereIsData() throws IOException {
    Files.write(folder.resolve("stream"), new byte[8]);
    assertThat(read())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.severity()).isEqualTo(Severity.WARNING);
          assertThat(diagnostic.origin().line()).isEqualTo(3);
        });
  }

  @Test
  void bentRuleIsAnErrorWhereThereIsOnlyMetadata() throws IOException {
    Files.createFile(folder.resolve("stream"));
    assertThat(read())
        .singleElement()
        .satisfies(diagnostic -> {
          assertThat(diagnostic.severity()).isEqualTo(Severity.ERROR);
          assertThat(diagnostic.origin().line()).isEqualTo(3);
        });
  }

  private List<Diagnostic> read() throws IOException {
    Files.writeString(folder.resolve("metadata"), METADATA);
    List<Diagnostic> diagnostics = new ArrayList<>();
    assertThat(TraceFolder.read(TraceInput.of(folder), diagnostics::add).traceClass()).isNotNull();
    return diagnostics;
  }
}
