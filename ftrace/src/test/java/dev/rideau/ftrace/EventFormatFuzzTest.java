package dev.rideau.ftrace;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rideau.trace.TraceException;
import java.nio.charset.StandardCharsets;

/// Any text as an event format file: a [TraceException] or a format, nothing else.
final class EventFormatFuzzTest {
  @FuzzTest(maxExecutions = 20_000)
  void parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      EventFormat format = EventFormat.parse("fuzz", text, KernelAbi.LITTLE_64);
      format.eventClass(0);
      PrintFormat.of(format);
    } catch (TraceException understood) {
      assert !understood.diagnostic().message().isEmpty();
    }
    // Most texts are no format at all; this one always has a print format to parse.
    EventFormat format =
        EventFormat.parse(
            "fuzz",
            "name: x\nID: 1\n" + TestRecording.COMMON + "\nprint fmt: " + text,
            KernelAbi.LITTLE_64);
    PrintFormat.of(format);
  }
}
