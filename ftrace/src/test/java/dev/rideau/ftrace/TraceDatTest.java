package dev.rideau.ftrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.TraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class TraceDatTest {
  private static final long BASE = 1_000_000_000_000L;

  @TempDir private Path folder;

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private static List<ByteBuffer> somePages() {
    RingPageWriter pages = new RingPageWriter(TestRecording.PAGE_BYTES);
    pages.put(100, TestRecording.number(42, 7));
    pages.put(150, TestRecording.text(1, "a file", 1, 65535));
    pages.put(150L + (1L << 40), TestRecording.number(42, -1));
    return pages.pages();
  }

  @Test
  void recordsComeBackAsWritten() throws IOException {
    Path file = TestRecording.write(folder.resolve("trace.dat"), List.of(somePages(), List.of()));
    assertThat(TestRecording.lines(file, diagnostics))
        .containsExactly(
            "cpu0 %d number: value=7".formatted(BASE + 100),
            "cpu0 %d text: name=a file".formatted(BASE + 150),
            "cpu0 %d number: value=-1".formatted(BASE + 150 + (1L << 40)));
    assertThat(diagnostics).isEmpty();
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void metadataTellsMachineAndNames() throws IOException {
    Path file = TestRecording.write(folder.resolve("trace.dat"), List.of(somePages(), List.of()));
    try (OpenedTraces traces = TestRecording.open(file, diagnostics)) {
      KernelTrace trace = (KernelTrace) traces.traces().getFirst();
      assertThat(trace.name()).isEqualTo("host");
      assertThat(trace.traceClass().environment().text("kernel_release")).isEqualTo("6.1");
      assertThat(trace.traceClass().environment().text("trace_clock")).isEqualTo("mono");
      assertThat(trace.names().comm(42)).isEqualTo("worker");
      assertThat(trace.names().comm(0)).isEqualTo("<idle>");
      assertThat(trace.names().comm(43)).isNull();
      assertThat(trace.names().symbol(0xffffffff81000000L)).isEqualTo("start");
      assertThat(trace.names().symbol(0xffffffff81000010L)).isEqualTo("start+0x10");
      assertThat(trace.names().symbol(0x10L)).isNull();
    }
  }

  @Test
  void aKilledRecorderLeavesAReadableRecording() throws IOException {
    Path file = folder.resolve("trace.dat");
    try (TraceDatWriter writer = TraceDatWriter.create(file, TestRecording.metadata())) {
      Files.write(writer.part(1), TestRecording.bytes(somePages()));
    }
    assertThat(TestRecording.lines(file, diagnostics))
        .hasSize(3)
        .allMatch(line -> line.startsWith("cpu1 "));
    assertThat(diagnostics).isEmpty();
  }

  @Test
  void missedEventsAreLosses() throws IOException {
    RingPageWriter pages = new RingPageWriter(TestRecording.PAGE_BYTES);
    pages.put(100, TestRecording.number(1, 1));
    pages.endPage();
    pages.put(200, TestRecording.number(1, 2));
    pages.endPage();
    pages.put(300, TestRecording.number(1, 3));
    List<ByteBuffer> written = pages.pages();
    // The second page misses an unknown number, the third says 77 behind its records.
    written.get(1).putLong(8, written.get(1).getLong(8) | 1L << 31);
    long commit = written.get(2).getLong(8);
    written.get(2).putLong(8, commit | 3L << 30).putLong(16 + (int) commit, 77);
    Path file = TestRecording.write(folder.resolve("trace.dat"), List.of(written, List.of()));
    try (OpenedTraces traces = TestRecording.open(file, diagnostics)) {
      List<Loss> losses = traces.dataStreams().getFirst().losses();
      assertThat(losses).extracting(Loss::count).containsExactly(Loss.UNKNOWN_COUNT, 77L);
      assertThat(losses).extracting(Loss::beginNs).containsExactly(BASE + 100, BASE + 200);
      assertThat(losses).extracting(Loss::endNs).containsExactly(BASE + 200, BASE + 300);
      assertThat(Lines.of(traces.dataStreams().getFirst(), diagnostics)).hasSize(3);
    }
  }

  @Test
  void gapsThatDoNotTellTheirCountShareWhatTheKernelCounted() throws IOException {
    RingPageWriter pages = new RingPageWriter(TestRecording.PAGE_BYTES);
    for (int i = 0; i < 4; i++) {
      pages.put(100 * (i + 1), TestRecording.number(1, i));
      pages.endPage();
    }
    List<ByteBuffer> written = pages.pages();
    for (int i = 1; i < 3; i++) {
      written.get(i).putLong(8, written.get(i).getLong(8) | 1L << 31);
    }
    long commit = written.get(3).getLong(8);
    written.get(3).putLong(8, commit | 3L << 30).putLong(16 + (int) commit, 77);
    Path file = folder.resolve("counted.dat");
    try (TraceDatWriter writer = TraceDatWriter.create(file, TestRecording.metadata())) {
      Files.write(writer.part(0), TestRecording.bytes(written));
      writer.putStatistics(0, "entries: 0\noverrun: 100\ndropped events: 0\n");
      writer.finishCpu(0);
    }
    try (OpenedTraces traces = TestRecording.open(file, diagnostics)) {
      assertThat(traces.dataStreams().getFirst().losses())
          .extracting(Loss::count)
          .containsExactly(11L, 12L, 77L);
    }
  }

  private Path oneMissedFirst(String name, String overrun) throws IOException {
    RingPageWriter pages = new RingPageWriter(TestRecording.PAGE_BYTES);
    pages.put(100, TestRecording.number(1, 1));
    List<ByteBuffer> written = pages.pages();
    written.getFirst().putLong(8, written.getFirst().getLong(8) | 1L << 31);
    Path file = folder.resolve(name);
    try (TraceDatWriter writer = TraceDatWriter.create(file, TestRecording.metadata())) {
      Files.write(writer.part(0), TestRecording.bytes(written));
      writer.putStatistics(0, "entries: 0\noverrun: %s\ndropped events: 0\n".formatted(overrun));
      writer.finishCpu(0);
    }
    return file;
  }

  @Test
  void whatAFlightRecorderOverwroteBeforeItsBeginIsNoLoss() throws IOException {
    for (String overrun : List.of("0", "5")) {
      Path file = oneMissedFirst("overrun" + overrun + ".dat", overrun);
      try (OpenedTraces traces = TestRecording.open(file, diagnostics)) {
        DataStream stream = traces.dataStreams().getFirst();
        assertThat(stream.losses()).hasSize(overrun.equals("0") ? 0 : 1);
        assertThat(stream.packets().sequenceNumber(0)).isEqualTo(1);
      }
    }
  }

  @Test
  void aFileThatWasCutReadsUpToTheCut() throws IOException {
    RingPageWriter pages = new RingPageWriter(TestRecording.PAGE_BYTES);
    for (int i = 0; i < 2000; i++) {
      pages.put(i * 10, TestRecording.number(1, i));
    }
    Path file = TestRecording.write(folder.resolve("trace.dat"), List.of(pages.pages(), List.of()));
    byte[] whole = Files.readAllBytes(file);
    int pagesStart = whole.length - pages.pages().size() * TestRecording.PAGE_BYTES;
    int before = 0;
    for (int length = pagesStart; length <= whole.length; length += 173) {
      Files.write(file, Arrays.copyOf(whole, length));
      List<String> lines = TestRecording.lines(file, diagnostics);
      assertThat(lines.size()).isGreaterThanOrEqualTo(before);
      before = lines.size();
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i)).endsWith("value=" + i);
      }
    }
    assertThat(before).isGreaterThan(1990);
  }

  @Test
  void damagedMetadataIsReportedAndNeverThrownOtherwise() throws IOException {
    Path file = TestRecording.write(folder.resolve("trace.dat"), List.of(somePages(), List.of()));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      // Metadata without the room for names of tasks, then pages.
      int at = i % 2 == 0 ? random.nextInt(2500) : whole.length - 1 - random.nextInt(4096);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        TestRecording.lines(file, diagnostics);
      } catch (TraceException understood) {
        assertThat(understood.diagnostic().message()).isNotEmpty();
      }
    }
    for (int length = 0; length < 3000; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        TestRecording.lines(file, diagnostics);
      } catch (TraceException understood) {
        assertThat(understood.diagnostic().message()).isNotEmpty();
      }
    }
  }

  @Test
  void anOlderVersionIsNamed() throws IOException {
    Path file = folder.resolve("trace.dat");
    Files.write(file, "\u0017\u0008Dtracing5\0".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> TestRecording.open(file, diagnostics))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("version 5");
  }

  @Test
  void unknownIdsAreReportedOnce() throws IOException {
    RingPageWriter pages = new RingPageWriter(TestRecording.PAGE_BYTES);
    for (int i = 0; i < 5; i++) {
      ByteBuffer record = TestRecording.number(1, i);
      pages.put(i, i == 2 ? record : record.putShort(0, (short) 999));
    }
    Path file = TestRecording.write(folder.resolve("trace.dat"), List.of(pages.pages(), List.of()));
    assertThat(TestRecording.lines(file, diagnostics)).hasSize(1);
    assertThat(diagnostics)
        .singleElement()
        .satisfies(one -> assertThat(one.rule()).isEqualTo("unknown-event-class"));
  }
}
