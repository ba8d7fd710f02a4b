package dev.rideau.ftrace;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A small `trace.dat` that a test makes: two events, some records.
final class TestRecording {
  static final String COMMON =
      """
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;
      \tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      """;

  static final String NUMBER =
      "name: number\nID: 10\n"
          + COMMON
          + "\tfield:int value;\toffset:8;\tsize:4;\tsigned:1;\n"
          + "\nprint fmt: \"value=%d\", REC->value\n";

  static final String TEXT =
      "name: text\nID: 11\n"
          + COMMON
          + "\tfield:__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;\n"
          + "\tfield:__data_loc u16[] words;\toffset:12;\tsize:4;\tsigned:0;\n"
          + "\nprint fmt: \"name=%s\", __get_str(name)\n";

  static final int PAGE_BYTES = 4096;

  private TestRecording() {}

  static RecordingMetadata metadata() {
    return new RecordingMetadata(
        "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
            + "\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n",
        "# compressed entry header\n",
        List.of(),
        Map.of("test", List.of(NUMBER, TEXT)),
        "ffffffff81000000 T start\nffffffff81000100 t next\n".getBytes(StandardCharsets.UTF_8),
        "",
        "local [mono]",
        1_000_000_000_000L,
        0,
        0,
        "Linux host 6.1 #1 SMP x86_64",
        "test",
        List.of(),
        List.of(),
        2,
        PAGE_BYTES);
  }

  static ByteBuffer number(int tid, int value) {
    ByteBuffer record = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    return record.putShort((short) 10).putShort((short) 0).putInt(tid).putInt(value).flip();
  }

  static ByteBuffer text(int tid, String name, int... words) {
    byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    int wordsAt = 16 + bytes.length;
    ByteBuffer record =
        ByteBuffer.allocate(wordsAt + words.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    record.putShort((short) 11).putShort((short) 0).putInt(tid);
    record.putInt(16 | bytes.length << 16).putInt(wordsAt | words.length * 2 << 16).put(bytes);
    for (int word : words) {
      record.putShort((short) word);
    }
    return record.flip();
  }

  /// Writes a recording with these pages.
  static Path write(Path file, List<List<ByteBuffer>> pagesOfCpus) throws IOException {
    try (TraceDatWriter writer = TraceDatWriter.create(file, metadata())) {
      for (int cpu = 0; cpu < pagesOfCpus.size(); cpu++) {
        Files.write(writer.part(cpu), bytes(pagesOfCpus.get(cpu)));
      }
      writer.putComms("1 init\n42 worker\n");
      for (int cpu = 0; cpu < pagesOfCpus.size(); cpu++) {
        writer.finishCpu(cpu);
      }
    }
    return file;
  }

  static byte[] bytes(List<ByteBuffer> pages) {
    ByteBuffer all = ByteBuffer.allocate(pages.size() * PAGE_BYTES);
    pages.forEach(page -> all.put(page.duplicate()));
    return all.array();
  }

  /// Opens a recording; what is unusual goes to `diagnostics`.
  static OpenedTraces open(Path file, List<Diagnostic> diagnostics) {
    return Traces.open(
        List.of(file),
        List.of(new FtraceReader()),
        diagnostic -> {
          synchronized (diagnostics) {
            diagnostics.add(diagnostic);
          }
        });
  }

  /// The records of all streams as the kernel would print them, stream by stream.
  static List<String> lines(Path file, List<Diagnostic> diagnostics) {
    List<String> lines = new ArrayList<>();
    try (OpenedTraces traces = open(file, diagnostics)) {
      for (var stream : traces.dataStreams()) {
        lines.addAll(Lines.of(stream, diagnostics));
      }
    }
    return lines;
  }
}
