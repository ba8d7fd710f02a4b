package dev.rideau.ctf.internal.metadata.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Small pieces of metadata, each in a text file named after the rule it pins.
///
/// A line `>>>` stands for the record separator before a fragment; so lines count as in the file.
/// The last part starts with `===`. `=== refused RULE LINE:COLUMN` says which rule is broken where;
/// after `=== accepted` each line must occur in what was read.
final class NamedCasesTest {

  @Test
  void everyCaseEndsAsItSays() throws IOException, URISyntaxException {
    URL folder = NamedCasesTest.class.getResource("accept-every-field-class.txt");
    assertThat(folder).isNotNull();
    List<Path> cases;
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()).getParent())) {
      cases = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    List<String> wrong = new ArrayList<>();
    for (Path path : cases) {
      String content = Files.readString(path);
      int split = content.lastIndexOf("=== ");
      String expected = content.substring(split + 4).strip();
      String metadata = content.substring(0, split).replace(">>>\n", "\u001e\n");
      String found = outcome(metadata, expected);
      if (!found.equals(expected)) {
        wrong.add(path.getFileName() + ": expected '" + expected + "' but '" + found + "'");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aliasesOfAliasesDoNotExhaustTheStack() {
    StringBuilder metadata = new StringBuilder();
    metadata.append("\u001e{'type': 'preamble', 'version': 2}\n");
    metadata.append("\u001e{'type': 'data-stream-class'}\n");
    metadata.append(
        "\u001e{'type': 'field-class-alias', 'name': 'a0', 'field-class':"
            + " {'type': 'null-terminated-string'}}\n");
    for (int i = 1; i <= 2_000; i++) {
      metadata.append(
          """
          \u001e{'type': 'field-class-alias', 'name': 'a%d', 'field-class':
          {'type': 'static-length-array', 'length': 1, 'element-field-class': 'a%d'}}
          """
              .formatted(i, i - 1));
    }
    metadata.append(
        """
        \u001e{'type': 'event-record-class', 'payload-field-class': {'type': 'structure',
        'member-classes': [{'name': 'x', 'field-class': 'a2000'}]}}
        """);
    assertThat(outcome(metadata.toString().replace('\'', '"'), ""))
        .startsWith("refused field-class-too-deep");
  }

  /// What happens, said as the case would say it.
  private static String outcome(String metadata, String expected) {
    try {
      TraceClass traceClass =
          JsonMetadataReader.parse(metadata.getBytes(StandardCharsets.UTF_8), null);
      StringBuilder found = new StringBuilder("accepted");
      String text = traceClass.toString();
      expected.lines().skip(1).filter(text::contains).forEach(l -> found.append('\n').append(l));
      return found.toString();
    } catch (TraceException refusal) {
      Diagnostic diagnostic = refusal.diagnostic();
      return "refused %s %d:%d"
          .formatted(diagnostic.rule(), diagnostic.origin().line(), diagnostic.origin().column());
    }
  }
}
