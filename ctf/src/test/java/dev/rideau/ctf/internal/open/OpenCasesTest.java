package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The rules of opening, one text file each: statements for [TinyTrace], a line `---`, and what
/// comes out. Run with `-Drideau.regenerate=true` to write what comes out into the files.
final class OpenCasesTest {
  private static final String FOLDER = "ctf/src/test/resources/dev/rideau/ctf/internal/open";
  private static final String SEPARATOR = "---\n";

  @TempDir Path temporary;

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    Path folder = SharedData.checkout().resolve(FOLDER);
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        tests.add(DynamicTest.dynamicTest(name, file.toUri(), () -> check(file)));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  private void check(Path file) throws IOException {
    String text = Files.readString(file);
    int end = text.indexOf(SEPARATOR);
    String statements = end < 0 ? text : text.substring(0, end);
    String actual = run(statements, temporary.resolve(String.valueOf(file.getFileName())));
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(file, statements + SEPARATOR + actual);
      return;
    }
    assertThat(actual)
        .as(
            "%s; to accept: ./mvnw -pl ctf -am test -Dtest=OpenCasesTest -Drideau.regenerate=true",
            file)
        .isEqualTo(text.substring(end + SEPARATOR.length()));
  }

  private static String run(String statements, Path root) throws IOException {
    Files.createDirectories(root);
    Path real = root.toRealPath();
    TinyTrace tiny = new TinyTrace(real);
    for (String line : statements.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        tiny.run(line);
      }
    }
    List<Path> paths =
        Arrays.stream(tiny.opened()).map(name -> real.resolve(name).normalize()).toList();
    StringBuilder text = new StringBuilder();
    List<Diagnostic> diagnostics = new ArrayList<>();
    try (OpenedTraces opened =
        Traces.open(paths, List.of(new CtfTraceReader()), diagnostics::add)) {
      opened.traces().forEach(trace -> describe(trace, text));
    } catch (TraceException failure) {
      text.append("refused ").append(failure.diagnostic()).append('\n');
    }
    for (Diagnostic diagnostic : diagnostics) {
      text.append(diagnostic.severity()).append(' ').append(diagnostic).append('\n');
    }
    return text.toString().replace(real.toString(), "ROOT");
  }

  private static void describe(Trace trace, StringBuilder text) {
    text.append("trace %s name=%s\n".formatted(trace.path(), trace.name()));
    for (DataStream stream : trace.dataStreams()) {
      text.append(
          " stream class=%d id=%s number=%d%s\n"
              .formatted(
                  stream.dataStreamClass().id(),
                  stream.id(),
                  stream.number(),
                  stream.hasIndependentPackets() ? "" : " dependent"));
      PacketIndex packets = stream.packets();
      for (int packet = 0; packet < packets.size(); packet++) {
        text.append(
            "  %s@%d total=%d content=%d begin=%s end=%s seq=%s lost=%s\n"
                .formatted(
                    trace.path().relativize(packets.file(packet)),
                    packets.offsetBytes(packet),
                    packets.totalBits(packet),
                    packets.contentBits(packet),
                    known(packets.beginNs(packet)),
                    known(packets.endNs(packet)),
                    known(packets.sequenceNumber(packet)),
                    known(packets.discardedCounter(packet))));
      }
      for (Loss loss : stream.losses()) {
        text.append(
            "  loss %s count=%s packet=%d from=%s to=%s\n"
                .formatted(
                    loss.kind(),
                    loss.count() == Loss.UNKNOWN_COUNT ? "?" : Long.toString(loss.count()),
                    loss.packet(),
                    known(loss.beginNs()),
                    known(loss.endNs())));
      }
    }
  }

  private static String known(long value) {
    return value == PacketIndex.UNKNOWN ? "?" : Long.toString(value);
  }
}
