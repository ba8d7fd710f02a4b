package dev.rideau.ftrace;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Any bytes as a `trace.dat`: a [TraceException] or records, nothing else.
final class TraceDatFuzzTest {
  @FuzzTest(maxExecutions = 3000)
  void open(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("rideau-fuzz", ".dat");
    try {
      Files.write(file, bytes);
      if (new FtraceReader().probe(file)) {
        TestRecording.lines(file, new ArrayList<>());
      }
    } catch (TraceException understood) {
      assert !understood.diagnostic().message().isEmpty();
    } finally {
      Files.delete(file);
    }
  }
}
