package dev.rideau.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rideau.ftrace.FtraceReader;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.Records;
import dev.rideau.trace.testing.SmallDisk;
import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings that end in ways nobody wanted: tracefs is left clean, what was recorded is readable.
@Tag("slow")
final class InterruptedRecordingTest {
  private static final int KILLS = 20;

  @TempDir private Path folder;

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  @BeforeEach
  void needsTracefs() {
    TracefsInstances.require();
  }

  private static RecordingOptions options(Path file) {
    return options(file, true);
  }

  private static RecordingOptions options(Path file, boolean stateDump) {
    return new RecordingOptions(
        file,
        List.of(EventRequest.parse("sched:sched_switch"), EventRequest.parse("raw_syscalls:*")),
        4096,
        "mono",
        List.of(),
        List.of(),
        stateDump,
        "test");
  }

  /// Events without end until interrupted.
  private static Thread load() {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          while (!Thread.currentThread().isInterrupted()) {
            Thread.yield();
          }
        });
  }

  /// Reads everything that can be read.
  private long records(Path file) {
    LongAdder records = new LongAdder();
    try (OpenedTraces traces =
        Traces.open(List.of(file), List.of(new FtraceReader()), diagnostics::add)) {
      for (DataStream stream : traces.dataStreams()) {
        Records.each(stream, Projection.ALL, diagnostics::add, (_, _) -> records.increment());
      }
    }
    return records.sum();
  }

  @Test
  void aRecordingReadsUpToWhereverItWasCut() throws IOException, InterruptedException {
    Path file = folder.resolve("trace.dat");
    Thread load = load();
    try (Recording recording = Recording.start(options(file))) {
      while (recording.movedBytes() < 2_000_000) {
        Thread.sleep(10);
      }
      load.interrupt();
      recording.finish();
    }
    long whole = records(file);
    assertThat(diagnostics).isEmpty();
    assertThat(whole).isGreaterThan(1000);
    // From the end to the begin: cutting again is all that is needed.
    Random random = new Random(7);
    long before = whole;
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (long length = bytes.length(); length > 1; length -= 1 + random.nextInt(200_000)) {
        bytes.setLength(length);
        long records = readable(file);
        assertThat(records).as("records in the first %d bytes", length).isLessThanOrEqualTo(before);
        before = records;
      }
    }
  }

  /// Records, 0 when the file says properly that it holds no trace.
  private long readable(Path file) {
    try {
      return records(file);
    } catch (TraceException understood) {
      assertThat(understood.diagnostic().message()).isNotEmpty();
      return 0;
    }
  }

  @Test
  void recordersThatAreKilledLeaveNothingThatTheNextOneDoesNotRemove()
      throws IOException, InterruptedException {
    Path other =
        Files.createDirectory(
            TracefsInstances.FOLDER.resolve("theirs-" + ProcessHandle.current().pid()));
    try {
      Random random = new Random(11);
      List<Long> killed = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        Process recorder = KilledRecorder.start(folder.resolve("killed-" + i + ".dat"));
        // Before, while and after it starts to record.
        recorder.waitFor(random.nextInt(900), TimeUnit.MILLISECONDS);
        recorder.destroyForcibly().waitFor();
        killed.add(recorder.pid());
      }
      Recording.removeStale();
      for (long pid : killed) {
        assertThat(TracefsInstances.of(pid)).isEmpty();
      }
      assertThat(other).exists();
    } finally {
      Files.delete(other);
    }
  }

  @Test
  void aFullDiskEndsTheRecordingAndKeepsWhatWasWritten() throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(folder, "12m")) {
      Path file = disk.folder().resolve("trace.dat");
      Thread load = load();
      Throwable ended;
      try (Recording recording = Recording.start(options(file, false))) {
        while (!recording.hasFailed()) {
          Thread.sleep(10);
        }
        ended = catchThrowable(recording::finish);
      } finally {
        load.interrupt();
      }
      assertThat(TracefsInstances.of(ProcessHandle.current().pid())).isEmpty();
      long kept = records(file);
      assertThat(kept).isGreaterThan(1000);
      // What was read and found no room is missing, and told of.
      assertThat(ended)
          .isInstanceOf(RecordException.class)
          .hasMessageContaining("no space left on the disk")
          .hasMessageContaining("after %,d events".formatted(kept))
          .hasMessageContaining("that were not written");
      assertThat(lost(file)).isPositive();
      assertThat(diagnostics).isEmpty();
    }
  }

  private static long lost(Path file) {
    try (OpenedTraces traces = Traces.open(List.of(file), List.of(new FtraceReader()), _ -> {})) {
      return traces.dataStreams().stream()
          .flatMap(stream -> stream.losses().stream())
          .mapToLong(Loss::count)
          .sum();
    }
  }

  @Test
  void aSnapshotThatDoesNotFitIsDeleted() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder, "64k");
        FlightRecorder recorder =
            FlightRecorder.start(options(disk.folder().resolve("trace.dat")))) {
      assertThatThrownBy(() -> recorder.snapshot(disk.folder().resolve("snapshot.dat")))
          .isInstanceOf(RecordException.class)
          .hasMessageContaining("nothing was kept");
      assertThat(disk.folder()).isEmptyDirectory();
    }
  }

  @Test
  void aDiskWithoutRoomForMetadataIsLeftAsItWas() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder, "64k")) {
      assertThatThrownBy(() -> Recording.start(options(disk.folder().resolve("trace.dat"))))
          .isInstanceOf(RecordException.class)
          .hasMessageContaining("cannot be written");
      assertThat(disk.folder()).isEmptyDirectory();
      assertThat(TracefsInstances.of(ProcessHandle.current().pid())).isEmpty();
    }
  }
}
