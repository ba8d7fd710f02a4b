package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full when a session is made, or that fills while it records: the program goes on,
/// what is missing is counted, and what was written can be read.
final class FullDiskTest {
  private static final int MANY = 100_000;
  // Always as long: else a short one may fit where the one before did not.
  private static final String TEXT = "y".repeat(25);

  @TraceProvider("disk")
  interface Events {
    @TraceEvent
    void step(long number, String text);
  }

  @TraceProvider("late")
  interface LateEvents {
    @TraceEvent
    void step(long number);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  @TempDir Path folder;

  private TraceSession session(Path trace, BufferMode mode, int count, int bytes) {
    TraceSession session =
        Tracer.session("disk")
            .output(trace)
            .channel(ChannelOptions.named("channel").mode(mode).subBuffers(count, bytes).stripes(2))
            .create();
    session.enable(EventRule.named("disk:*"));
    session.enable(EventRule.named("late:*"));
    session.start();
    return session;
  }

  private static void emit(int count) {
    for (int i = 0; i < count; i++) {
      EVENTS.step(i, TEXT);
    }
  }

  private static List<Long> numbers(Path trace) {
    RecordedTrace read = RecordedTrace.read(trace);
    assertThat(read.diagnostics()).isEmpty();
    return read.named("disk:step").stream().map(event -> (long) event.field("number")).toList();
  }

  @Test
  void buffersWithoutRoomAreRefusedAndLeaveNothing() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder, "1m")) {
      Path trace = disk.folder().resolve("trace");
      assertThatThrownBy(() -> session(trace, BufferMode.DISCARD, 4, 1 << 17))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining(trace.toString())
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("name a new folder with room");
      assertThat(disk.folder()).isEmptyDirectory();
      // Nothing holds the room that the first stripe's buffer had taken.
      try (TraceSession smaller = session(trace, BufferMode.BLOCK, 2, 1 << 16)) {
        emit(100);
        assertThat(smaller.failure()).isNull();
      }
      assertThat(numbers(trace))
          .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
    }
  }

  @Test
  void aFileThatCannotBeWrittenStopsTheRecordingAndNotTheProgram() throws IOException {
    Path trace = folder.resolve("full");
    try (TraceSession session = session(trace, BufferMode.BLOCK, 2, 4096)) {
      for (String stream : List.of("channel_0", "channel_1")) {
        Files.createSymbolicLink(trace.resolve(stream), Path.of("/dev/full"));
      }
      emit(MANY);
      assertThat(session.failure()).contains("No space left on device");
      assertThat(session.lostEvents()).isGreaterThan(90_000);
      assertThat(session.isActive()).isFalse();
    }
    // What the buffers hold can be had when there is room again.
    assertThat(Recovery.isUnfinished(trace)).isTrue();
  }

  // The buffers' blocks exist, so stores into mapped memory find them: a fault would end the JVM.
  @Test
  void aDiskThatFillsStopsTheRecordingAndNotTheProgram() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder, "1m")) {
      Path trace = disk.folder().resolve("trace");
      long lost;
      try (TraceSession session = session(trace, BufferMode.BLOCK, 4, 1 << 14)) {
        disk.fill();
        emit(MANY);
        assertThat(session.failure()).contains("No space left on device");
        assertThat(session.isActive()).isFalse();
        lost = session.lostEvents();
        assertThat(lost).isGreaterThan(MANY / 2);
        Tracer.provider(LateEvents.class).step(1);
      }
      List<Long> written = Files.exists(trace.resolve("channel_0")) ? numbers(trace) : List.of();
      disk.empty();
      Recovery.Result result = Recovery.recover(trace);
      assertThat(result.notes()).isEmpty();
      assertThat(result.lostEvents()).isEqualTo(lost);
      // The first ones, up to where there was no room any more.
      List<Long> all = numbers(trace);
      assertThat(all.subList(0, written.size())).isEqualTo(written);
      assertThat(all).containsExactlyElementsOf(LongStream.range(0, MANY - lost).boxed().toList());
    }
  }

  @Test
  void aFlightRecorderGoesOnAfterSnapshotsWithoutRoom() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder, "1m")) {
      Path trace = disk.folder().resolve("trace");
      try (TraceSession session = session(trace, BufferMode.OVERWRITE, 4, 1 << 14)) {
        emit(MANY);
        disk.fill();
        assertThatThrownBy(session::snapshot)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("nothing is left of it");
        assertThatThrownBy(session::rotate).isInstanceOf(IOException.class);
        disk.empty();
        emit(MANY);
        List<Long> newest = numbers(session.snapshot());
        assertThat(newest).hasSizeGreaterThan(100).endsWith(MANY - 1L);
        try (var left = Files.list(trace.resolve("snapshots"))) {
          assertThat(left).hasSize(1);
        }
      }
    }
  }

  @Test
  @Tag("slow")
  void aProgramWithoutRoomForItsTraceRuns() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, "1m")) {
      Path trace = disk.folder().resolve("trace");
      disk.fill();
      assertThat(ControlTest.run("dir:" + trace + ",events=control:*"))
          .contains("nothing is recorded")
          .contains("No space left on device");
      assertThat(trace).doesNotExist();
    }
  }
}
