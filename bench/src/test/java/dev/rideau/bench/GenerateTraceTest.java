package dev.rideau.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerateTraceTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"simple", "kernel", "kernel-contexts"})
  void givesTheSameBytesEachTime(String shape) throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    long bytes = GenerateTrace.generate(shape, first, 3001, 3);
    assertThat(GenerateTrace.generate(shape, second, 3001, 3)).isEqualTo(bytes);
    for (String name : List.of("metadata", "channel0_0", "channel0_1", "channel0_2")) {
      assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
      assertThat(Files.size(first.resolve(name))).isPositive();
    }
    assertThat(records(first)).isEqualTo(3001);
  }

  private static long records(Path trace) {
    long records = 0;
    try (OpenedTraces traces = Traces.open(List.of(trace), GenerateTraceTest::refuse)) {
      for (DataStream stream : traces.dataStreams()) {
        try (BlockCursor cursor =
            stream.cursor(0, stream.packets().size(), Projection.ALL, GenerateTraceTest::refuse)) {
          for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
            records += block.size();
          }
        }
      }
    }
    return records;
  }

  private static void refuse(Diagnostic diagnostic) {
    throw new AssertionError(diagnostic.toString());
  }
}
