package dev.rideau.ctf.internal.metadata.tsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Named cases: metadata, a line `---`, and what it means or what is wrong with it.
///
/// Texts without `trace` block get one at their end. A case called `lenient-...` is read leniently
/// and shows the warnings too. Run with `-Drideau.regenerate=true` to write the second halves anew,
/// then read the difference.
final class TsdlCasesTest {
  static final Path FOLDER =
      SharedData.checkout().resolve("ctf/src/test/resources/dev/rideau/ctf/internal/metadata/tsdl");

  static List<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void means(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    String content = Files.readString(file);
    int separator = content.indexOf("---\n");
    String text = separator < 0 ? content : content.substring(0, separator);
    String meaning = meaning(text, name.startsWith("lenient-"));
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(file, text + "---\n" + meaning);
      return;
    }
    assertThat(meaning).isEqualTo(content.substring(separator + 4));
  }

  private static String meaning(String text, boolean lenient) {
    boolean complete = text.contains("trace {");
    String whole = complete ? text : text + "trace { major = 1; minor = 8; byte_order = le; };\n";
    StringBuilder result = new StringBuilder();
    try {
      String model =
          ModelText.of(
              TsdlReader.parse(
                  whole,
                  null,
                  diagnostic -> result.append(describe(diagnostic)),
                  lenient ? Strictness.LENIENT : Strictness.STRICT));
      result.append(model);
    } catch (TraceException e) {
      result.append(describe(e.diagnostic()));
    }
    return result.toString();
  }

  private static String describe(Diagnostic diagnostic) {
    return diagnostic.severity()
        + " "
        + diagnostic.origin().line()
        + ":"
        + diagnostic.origin().column()
        + " "
        + diagnostic.rule()
        + "\n"
        + diagnostic.message()
        + "\n"
        + (diagnostic.advice() == null ? "" : diagnostic.advice() + "\n");
  }
}
