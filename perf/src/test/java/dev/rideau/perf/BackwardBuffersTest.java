package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Buffers that the kernel fills from their end to their begin stand in the file newest first.
final class BackwardBuffersTest {
  private static final long TYPE =
      SampleBit.IDENTIFIER | SampleBit.TID | SampleBit.TIME | SampleBit.CPU;
  private static final int BACKWARD = 1;
  private static final int FORWARD = 2;

  @TempDir Path folder;

  private Recording recording = new Recording(ByteOrder.LITTLE_ENDIAN);
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private void begin(ByteOrder byteOrder) {
    recording =
        new Recording(byteOrder).event(0, TYPE, BACKWARD).backward().event(2, TYPE, FORWARD);
  }

  private void sample(int id, long time, int cpu) {
    recording.record(9, 2, recording.body().u64(id).u32(7).u32(7).u64(time).u32(cpu).u32(0));
  }

  private void round() {
    recording.record(68, 0, recording.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void buffersOfCpusAreTurnedRound(String byteOrder) throws IOException {
    begin(byteOrder.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (long time : new long[] {90, 70, 70, 20}) {
      sample(BACKWARD, time, 0);
    }
    for (long time : new long[] {80, 30, 10}) {
      sample(BACKWARD, time, 1);
    }
    round();
    assertThat(times()).containsExactly("10 1", "20 0", "30 1", "70 0", "70 0", "80 1", "90 0");
    assertThat(streams()).containsExactly("cpu0", "cpu1");
  }

  @Test
  void secondSnapshotGoesOnWithTheFirst() throws IOException {
    begin(ByteOrder.LITTLE_ENDIAN);
    sample(BACKWARD, 20, 0);
    sample(BACKWARD, 10, 0);
    sample(BACKWARD, 15, 1);
    round();
    sample(BACKWARD, 50, 0);
    sample(BACKWARD, 40, 0);
    sample(BACKWARD, 45, 1);
    round();
    assertThat(times()).containsExactly("10 0", "15 1", "20 0", "40 0", "45 1", "50 0");
    assertThat(streams()).containsExactly("cpu0", "cpu1");
  }

  @Test
  void interruptsThatRecordedOutOfOrderMakeAStreamOfTheirOwn() throws IOException {
    begin(ByteOrder.LITTLE_ENDIAN);
    for (long time : new long[] {90, 80, 85, 70, 60, 65, 50}) {
      sample(BACKWARD, time, 0);
    }
    assertThat(times()).containsExactly("50 0", "60 0", "65 0", "70 0", "80 0", "85 0", "90 0");
    assertThat(streams()).containsExactly("cpu0", "cpu0-1");
  }

  @Test
  void otherBuffersOfTheCpuStayAsTheyAre() throws IOException {
    begin(ByteOrder.LITTLE_ENDIAN);
    sample(FORWARD, 15, 0);
    sample(FORWARD, 25, 0);
    round();
    sample(BACKWARD, 30, 0);
    sample(BACKWARD, 20, 0);
    sample(FORWARD, 35, 0);
    assertThat(times()).containsExactly("15 0", "20 0", "25 0", "30 0", "35 0");
    assertThat(streams()).containsExactly("cpu0", "cpu0-1");
  }

  @Test
  void fileThatAnotherProgramSortedStaysAsItIs() throws IOException {
    begin(ByteOrder.LITTLE_ENDIAN);
    for (long time : new long[] {10, 10, 20, 30, 30, 40}) {
      sample(BACKWARD, time, 0);
    }
    assertThat(times()).containsExactly("10 0", "10 0", "20 0", "30 0", "30 0", "40 0");
  }

  @Test
  void longBufferIsReadInPieces() throws IOException {
    begin(ByteOrder.LITTLE_ENDIAN);
    int count = 20_000;
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sample(BACKWARD, 3L * (count - i), 0);
      expected.add(3L * (i + 1) + " 0");
    }
    assertThat(times()).isEqualTo(expected);
    try (OpenedTraces opened = open(recording.writeTo(folder))) {
      assertThat(opened.dataStreams().getFirst().packets().size()).isGreaterThan(1);
    }
  }

  @Test
  void fileThatWasCutKeepsWhatIsNewest() throws IOException {
    begin(ByteOrder.LITTLE_ENDIAN);
    sample(BACKWARD, 30, 0);
    sample(BACKWARD, 20, 0);
    sample(BACKWARD, 10, 0);
    byte[] file = recording.file();
    Path cut = folder.resolve("perf.data");
    Files.write(cut, java.util.Arrays.copyOf(file, file.length - 5));
    assertThat(timesOf(cut)).containsExactly("20 0", "30 0");
    assertThat(diagnostics).extracting(Diagnostic::rule).containsOnly("truncated-file");
  }

  private List<String> times() throws IOException {
    List<String> times = timesOf(recording.writeTo(folder));
    assertThat(diagnostics).isEmpty();
    return times;
  }

  private List<String> timesOf(Path file) throws IOException {
    List<String> lines = Lines.ofRecords(file, diagnostics);
    assertThat(Lines.stepsBack(file)).isEmpty();
    return lines.stream()
        .map(line -> line.replaceAll("^(\\d+) .*cpu_id=(\\d+).*", "$1 $2").strip())
        .toList();
  }

  private List<String> streams() throws IOException {
    try (OpenedTraces opened = open(recording.writeTo(folder))) {
      return opened.dataStreams().stream().map(DataStream::name).toList();
    }
  }

  private static OpenedTraces open(Path file) {
    return Traces.open(List.of(file), List.of(new PerfTraceReader()), _ -> {});
  }
}
