package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of several CPUs become streams in the order of time; names of threads follow.
final class OrderTest {
  private static final long TYPE = SampleBit.TID | SampleBit.TIME | SampleBit.CPU;

  @TempDir Path folder;

  private final Recording recording = new Recording(ByteOrder.LITTLE_ENDIAN).event(0, TYPE, 1);

  private void sample(int tid, long time, int cpu) {
    recording.record(9, 2, recording.body().u32(tid).u32(tid).u64(time).u32(cpu).u32(0));
  }

  private void round() {
    recording.record(68, 0, recording.body());
  }

  @Test
  void buffersThatAreEmptiedInTurnBecomeOrderedStreams() throws IOException {
    sample(7, 10, 0);
    sample(7, 30, 0);
    sample(8, 20, 1);
    round();
    sample(7, 40, 0);
    sample(7, 35, 0); // an interrupt was recorded before what it interrupted
    sample(8, 50, 1);
    Path file = recording.writeTo(folder);
    assertThat(Lines.ofRecords(file, new ArrayList<>()))
        .extracting(line -> line.replace(" cpu-clock cpu_id=", " cpu").replaceAll(" pid=.*", ""))
        .containsExactly("10 cpu0", "20 cpu1", "30 cpu0", "35 cpu0", "40 cpu0", "50 cpu1");
    try (OpenedTraces opened = open(file)) {
      assertThat(opened.dataStreams())
          .extracting(DataStream::name)
          .containsExactly("cpu0", "cpu1", "cpu0-1");
    }
  }

  @Test
  void threadsHaveTheNameOfTheirTime() throws IOException {
    comm(7, "first", 0);
    sample(7, 10, 0);
    fork(9, 7, 12);
    comm(7, "second", 15);
    sample(7, 20, 0);
    sample(9, 25, 0);
    sample(11, 30, 0);
    assertThat(Lines.ofScript(recording.writeTo(folder), new ArrayList<>()))
        .containsExactly(
            "           first     7 [000]     0.000000:          0 cpu-clock: \n",
            "          second     7 [000]     0.000000:          0 cpu-clock: \n",
            "           first     9 [000]     0.000000:          0 cpu-clock: \n",
            "             :11    11 [000]     0.000000:          0 cpu-clock: \n");
  }

  @Test
  void recordsWithoutATimeStandAtTheBegin() throws IOException {
    comm(7, "first", 0);
    sample(7, 20, 0);
    sample(8, 10, 1);
    comm(8, "second", 0);
    try (OpenedTraces opened = open(recording.writeTo(folder))) {
      DataStream state = opened.dataStreams().getFirst();
      assertThat(state.name()).isEqualTo("state");
      assertThat(state.packets().size()).isEqualTo(2);
      for (int packet = 0; packet < 2; packet++) {
        assertThat(state.packets().beginNs(packet)).isEqualTo(10);
        assertThat(state.packets().endNs(packet)).isEqualTo(10);
      }
    }
  }

  @Test
  void lostRecordsAreLosses() throws IOException {
    sample(7, 10, 0);
    recording.record(2, 0, trailer(recording.body().u64(1, 42), 7, 30));
    sample(7, 40, 0);
    try (OpenedTraces opened = open(recording.writeTo(folder))) {
      List<Loss> losses = opened.dataStreams().getFirst().losses();
      assertThat(losses).hasSize(1);
      assertThat(losses.getFirst().count()).isEqualTo(42);
      assertThat(losses.getFirst().beginNs()).isEqualTo(10);
      assertThat(losses.getFirst().endNs()).isEqualTo(30);
    }
  }

  @Test
  void lossesWithoutATimeAreToldOnce() throws IOException {
    sample(7, 10, 0);
    sample(7, 40, 0);
    recording.record(13, 0, trailer(recording.body().u64(5), 7, 0));
    recording.record(13, 0, trailer(recording.body().u64(6), 7, 0));
    try (OpenedTraces opened = open(recording.writeTo(folder))) {
      List<Loss> losses = new ArrayList<>();
      opened.dataStreams().forEach(stream -> losses.addAll(stream.losses()));
      assertThat(losses).hasSize(1);
      assertThat(losses.getFirst().count()).isEqualTo(11);
      assertThat(losses.getFirst().beginNs()).isEqualTo(10);
      assertThat(losses.getFirst().endNs()).isEqualTo(40);
    }
  }

  private void comm(int tid, String name, long time) {
    recording.record(3, 0, trailer(recording.body().u32(tid).u32(tid).text(name), tid, time));
  }

  private void fork(int tid, int parent, long time) {
    recording.record(
        7,
        0,
        trailer(recording.body().u32(tid).u32(parent).u32(tid).u32(parent).u64(time), tid, time));
  }

  private static Recording.Body trailer(Recording.Body body, int tid, long time) {
    return body.u32(tid).u32(tid).u64(time).u32(0).u32(0);
  }

  private static OpenedTraces open(Path file) {
    return Traces.open(List.of(file), List.of(new PerfTraceReader()), _ -> {});
  }
}
