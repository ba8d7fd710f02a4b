package dev.rideau.perf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole files of the fuzzer: they are read or refused with a reason, nothing else.
final class PerfFileFuzzTest {
  private static final Path MEMORY = Path.of("/dev/shm");

  static Stream<byte[]> seeds() {
    return Recordings.NAMES.stream().map(Recordings::bytes);
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 2_000)
  void everyFileIsReadOrRefused(byte[] input) throws IOException {
    // In memory where that is possible: writing many small files to a disk is slow.
    Path file =
        Files.isWritable(MEMORY)
            ? Files.createTempFile(MEMORY, "rideau-fuzz", ".data")
            : Files.createTempFile("rideau-fuzz", ".data");
    try {
      Files.write(file, input);
      List<Diagnostic> diagnostics = new ArrayList<>();
      Lines.ofRecords(file, diagnostics);
    } catch (TraceException refused) {
      if (refused.diagnostic().message().isEmpty()) {
        throw new AssertionError("refused without a reason", refused);
      }
    } finally {
      Files.delete(file);
    }
  }
}
