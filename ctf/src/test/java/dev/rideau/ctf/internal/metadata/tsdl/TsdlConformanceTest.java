package dev.rideau.ctf.internal.metadata.tsdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.internal.metadata.MetadataReader;
import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.trace.Origin;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Runs the public conformance cases for metadata text of CTF 1.8, where they are at hand.
final class TsdlConformanceTest {
  private static final Pattern PLACE = Pattern.compile("^\\[(\\d+):(\\d+)]", Pattern.MULTILINE);

  /// How far a line may be from one that the suite names: a field or block of several lines.
  private static final int NEAR_LINES = 6;

  @Test
  void acceptsWhatTheSuiteAccepts() throws IOException {
    List<String> rejected = new ArrayList<>();
    int accepted = 0;
    for (Path file : cases("pass-")) {
      try {
        TsdlReader.parse(Files.readString(file), file, diagnostic -> {}, Strictness.STRICT);
        accepted++;
      } catch (TraceException e) {
        rejected.add(e.getMessage());
      }
    }
    System.out.println("CTF 1.8 metadata text: accepted " + accepted + " valid cases");
    assertThat(rejected).isEmpty();
  }

  @Test
  void rejectsWhatTheSuiteRejectsAtASensiblePlace() throws IOException {
    List<String> wrong = new ArrayList<>();
    int rejected = 0;
    int sameLine = 0;
    for (Path file : cases("fail-")) {
      String content = new String(Files.readAllBytes(file), "UTF-8");
      int begin = content.indexOf("---\n") + 4;
      int end = content.indexOf("\n---\n", begin - 1);
      String text = content.substring(begin, end + 1);
      List<Integer> lines = lines(content.substring(end + 5));
      try {
        TsdlReader.parse(text, file, diagnostic -> {}, Strictness.STRICT);
        wrong.add(file.getFileName() + ": accepted");
      } catch (TraceException e) {
        rejected++;
        Origin origin = e.diagnostic().origin();
        int distance =
            lines.stream().mapToInt(line -> Math.abs(line - origin.line())).min().orElse(0);
        sameLine += distance == 0 ? 1 : 0;
        // The suite says line 1 when it does not know better.
        boolean located = Set.copyOf(lines).equals(Set.of(1)) || distance <= NEAR_LINES;
        if (!located || origin.line() == 0) {
          wrong.add(e.getMessage() + " but the suite has lines " + lines);
        }
      }
    }
    System.out.println(
        "CTF 1.8 metadata text: rejected "
            + rejected
            + " invalid cases, "
            + sameLine
            + " at a line that the suite names");
    assertThat(wrong).isEmpty();
  }

  @Test
  void readsTheMetadataOfRealTraces() throws IOException {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (String folder :
        List.of("babeltrace/traces", "ctf-traces", "lttng-kernel", "ctf-suite/data-stream/ctf-1")) {
      for (Path file : metadataFiles(SharedData.require("data/" + folder))) {
        boolean mustFail = file.toString().contains("/babeltrace/traces/fail/");
        try {
          MetadataReader.read(file, diagnostic -> {});
          read++;
          if (mustFail) {
            wrong.add(file + ": accepted");
          }
        } catch (TraceException e) {
          if (!mustFail) {
            wrong.add(e.getMessage());
          }
        }
      }
    }
    System.out.println("read " + read + " metadata files of real traces");
    assertThat(wrong).isEmpty();
  }

  private static List<Path> cases(String prefix) throws IOException {
    Path folder = SharedData.require("data/ctf-suite/metadata-text/ctf-1");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static List<Path> metadataFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("metadata")).sorted().toList();
    }
  }

  private static List<Integer> lines(String messages) {
    List<Integer> lines = new ArrayList<>();
    Matcher matcher = PLACE.matcher(messages);
    while (matcher.find()) {
      lines.add(Integer.parseInt(matcher.group(1)));
    }
    return lines;
  }
}
