package dev.rideau.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ftrace.FtraceReader;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots of the machine that runs the tests.
@Tag("slow")
final class FlightRecorderTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsTracefs() {
    TracefsInstances.require();
  }

  private static RecordingOptions options() {
    return new RecordingOptions(
        Path.of(""),
        List.of(EventRequest.parse("sched:*"), EventRequest.parse("raw_syscalls:*")),
        64,
        "mono",
        List.of(),
        List.of(),
        true,
        "test");
  }

  private OpenedTraces snapshot(FlightRecorder recorder, String name) {
    Path file = folder.resolve(name);
    recorder.snapshot(file);
    return Traces.open(List.of(file), List.of(new FtraceReader()), _ -> {});
  }

  private static List<DataStream> streams(OpenedTraces traces, boolean ofState) {
    return traces.dataStreams().stream()
        .filter(stream -> stream.packets().size() > 0)
        .filter(stream -> stream.name().startsWith("statedump") == ofState)
        .toList();
  }

  private static long endNs(DataStream stream) {
    return stream.packets().endNs(stream.packets().size() - 1);
  }

  /// A buffer that goes round many times between two snapshots.
  @Test
  void aSnapshotBeginsBehindWhatWasOverwritten() throws IOException, InterruptedException {
    try (FlightRecorder recorder = FlightRecorder.start(options())) {
      for (String name : List.of("first.dat", "second.dat")) {
        Process busy =
            new ProcessBuilder("dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=20000")
                .redirectErrorStream(true)
                .start();
        assertThat(busy.waitFor()).isZero();
        try (OpenedTraces traces = snapshot(recorder, name)) {
          for (DataStream stream : streams(traces, false)) {
            assertThat(stream.losses()).as(name).noneMatch(loss -> loss.packet() <= 1);
          }
        }
      }
    }
  }

  @Test
  void theStateDumpIsNotLaterThanTheEvents() {
    try (FlightRecorder recorder = FlightRecorder.start(options());
        OpenedTraces traces = snapshot(recorder, "only.dat")) {
      long last =
          streams(traces, false).stream().mapToLong(FlightRecorderTest::endNs).max().orElseThrow();
      assertThat(streams(traces, true)).isNotEmpty();
      assertThat(streams(traces, true)).allMatch(stream -> endNs(stream) <= last);
    }
  }
}
