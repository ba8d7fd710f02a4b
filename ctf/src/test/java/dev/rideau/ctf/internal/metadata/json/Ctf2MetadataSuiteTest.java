package dev.rideau.ctf.internal.metadata.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The public conformance cases for metadata of CTF 2. A case that must fail also says where the
/// original fails; ours must come close to that.
final class Ctf2MetadataSuiteTest {
  private static final Pattern PLACE = Pattern.compile("\\[(\\d+):(\\d+)\\]");
  private static final int NEAR_LINES = 3;

  @Test
  void openCasesBehaveAsTheirNamesSay() throws IOException {
    Path folder = SharedData.require("data/ctf-suite/metadata-text/ctf-2");
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    int failed = 0;
    int sameLine = 0;
    int samePlace = 0;
    for (Path path : files(folder)) {
      String name = String.valueOf(path.getFileName());
      String content = Files.readString(path);
      if (!name.startsWith("fail-")) {
        TraceException refusal = refusalOf(content, path);
        if (refusal == null) {
          passed++;
        } else {
          wrong.add(name + " must pass but: " + refusal.getMessage());
        }
        continue;
      }
      int second = content.indexOf("\n---\n");
      String metadata = content.substring("---\n".length(), second);
      TraceException refusal = refusalOf(metadata, path);
      if (refusal == null) {
        wrong.add(name + " must fail: " + content.substring(second + 5).strip());
        continue;
      }
      failed++;
      Origin origin = inFragment(metadata, refusal.diagnostic().origin());
      List<Origin> places = places(content.substring(second));
      Origin innermost = places.getLast();
      if (origin.line() == innermost.line()) {
        sameLine++;
        if (origin.column() == innermost.column()) {
          samePlace++;
        }
      }
      if (places.stream().noneMatch(p -> Math.abs(p.line() - origin.line()) <= NEAR_LINES)) {
        wrong.add(
            "%s fails at %d:%d, far from %d:%d: %s"
                .formatted(
                    name,
                    origin.line(),
                    origin.column(),
                    innermost.line(),
                    innermost.column(),
                    refusal.getMessage()));
      }
    }
    System.out.printf(
        "CTF 2 metadata: %d pass, %d fail as they must; %d on the original's line, %d at its"
            + " very place%n",
        passed, failed, sameLine, samePlace);
    assertThat(passed).isPositive();
    assertThat(failed).isPositive();
    assertThat(wrong).isEmpty();
    assertThat(sameLine).as("failures on the original's line").isGreaterThan(failed * 9 / 10);
  }

  @Test
  void realTracesOfADraftAreRead() throws IOException {
    Path folder = SharedData.require("data/ctf-traces");
    int read = 0;
    for (Path trace : files(folder)) {
      if (String.valueOf(trace.getFileName()).startsWith("CTF2-")) {
        Path metadata = trace.resolve("metadata");
        assertThat(JsonMetadataReader.parse(Files.readAllBytes(metadata), metadata))
            .as(trace.toString())
            .satisfies(traceClass -> assertThat(traceClass.dataStreamClasses()).hasSize(1));
        read++;
      }
    }
    assertThat(read).isPositive();
  }

  private static @Nullable TraceException refusalOf(String metadata, Path path) {
    try {
      JsonMetadataReader.parse(metadata.getBytes(StandardCharsets.UTF_8), path);
      return null;
    } catch (TraceException refusal) {
      return refusal;
    }
  }

  /// The place counted from the record separator before it, as the original counts.
  private static Origin inFragment(String metadata, Origin origin) {
    int line = origin.line();
    int offset = 0;
    for (int i = 1; i < line; i++) {
      offset = metadata.indexOf('\n', offset) + 1;
    }
    offset += origin.column() - 1;
    int begin = metadata.lastIndexOf('\u001e', offset) + 1;
    int lines = (int) metadata.substring(begin, offset).chars().filter(c -> c == '\n').count();
    int lineBegin = Math.max(begin, metadata.lastIndexOf('\n', offset - 1) + 1);
    return Origin.ofText(null, lines + 1, offset - lineBegin + 1);
  }

  private static List<Origin> places(String messages) {
    List<Origin> places = new ArrayList<>();
    Matcher matcher = PLACE.matcher(messages);
    while (matcher.find()) {
      places.add(
          Origin.ofText(
              null, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }
    return places;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
