package dev.rideau.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.ftrace.FtraceReader;
import dev.rideau.ftrace.KernelTrace;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Environment;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.Records;
import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real recordings of the machine that runs the tests.
@Tag("slow")
final class RecordingTest {

  @TempDir private Path folder;

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  @BeforeEach
  void needsTracefs() {
    TracefsInstances.require();
  }

  private RecordingOptions options(boolean stateDump, String... events) {
    return options(folder.resolve("trace.dat"), "mono", stateDump, events);
  }

  private static RecordingOptions options(
      Path output, String clock, boolean stateDump, String... events) {
    return new RecordingOptions(
        output,
        List.of(events).stream().map(EventRequest::parse).toList(),
        4096,
        clock,
        List.of(),
        List.of(),
        stateDump,
        "test");
  }

  @Test
  void cyclesOfTheProcessorBecomeTimes() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.readString(Path.of("/sys/kernel/tracing/trace_clock")).contains("x86-tsc"),
        "skipped: this kernel has no clock x86-tsc");
    RecordingOptions options = withClock("x86-tsc", true);
    long beginNs = nowNs();
    try (Recording recording = Recording.start(options)) {
      run("/bin/true");
      recording.finish();
    }
    long endNs = nowNs();
    try (OpenedTraces traces =
        Traces.open(List.of(options.output()), List.of(new FtraceReader()), diagnostics::add)) {
      List<DataStream> streams =
          traces.dataStreams().stream().filter(stream -> stream.packets().size() > 0).toList();
      assertThat(streams).hasSizeGreaterThan(1);
      for (DataStream stream : streams) {
        int last = stream.packets().size() - 1;
        assertThat(stream.packets().beginNs(0)).isGreaterThan(beginNs - 100_000_000);
        assertThat(stream.packets().endNs(last)).isLessThan(endNs + 100_000_000);
      }
    }
    assertThat(diagnostics).isEmpty();
  }

  private static long nowNs() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("/dev/null").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private Map<String, Long> counts(Path file) {
    Map<String, Long> counts = new TreeMap<>();
    try (OpenedTraces traces =
        Traces.open(List.of(file), List.of(new FtraceReader()), diagnostics::add)) {
      for (DataStream stream : traces.dataStreams()) {
        Records.each(
            stream,
            Projection.TIMESTAMPS,
            diagnostics::add,
            (block, i) -> {
              int ordinal = block.eventClasses()[i];
              String name = stream.dataStreamClass().eventClasses().get(ordinal).displayName();
              counts.merge(name, 1L, Long::sum);
            });
      }
    }
    return counts;
  }

  private static List<String> ownInstances() throws IOException {
    return TracefsInstances.of(ProcessHandle.current().pid());
  }

  @Test
  void aKnownWorkloadIsInTheRecording() throws IOException, InterruptedException {
    RecordingOptions options =
        options(true, "sched:sched_process_exec", "sched:sched_process_fork", "sched:sched_switch");
    RecordingSummary summary;
    try (Recording recording = Recording.start(options)) {
      for (int i = 0; i < 10; i++) {
        run("/bin/true");
      }
      summary = recording.finish();
    }
    Map<String, Long> counts = counts(options.output());
    assertThat(diagnostics).isEmpty();
    assertThat(counts.get("sched_process_exec")).isGreaterThanOrEqualTo(10);
    assertThat(counts.get("sched_process_fork")).isGreaterThanOrEqualTo(10);
    assertThat(counts)
        .containsEntry("lttng_statedump_start", 1L)
        .containsEntry("lttng_statedump_end", 1L);
    assertThat(counts.get("lttng_statedump_process_state")).isGreaterThan(5);
    assertThat(counts.get("lttng_statedump_file_descriptor")).isGreaterThan(3);
    long dumped =
        counts.entrySet().stream()
            .filter(entry -> entry.getKey().contains("statedump"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all - dumped).isEqualTo(summary.events());
    assertThat(summary.lost()).isZero();
    assertThat(ownInstances()).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(options.output());
    }
  }

  @Test
  void filtersOfTheKernelWork() throws IOException, InterruptedException {
    // Programs that nobody else runs meanwhile.
    Path wanted = Files.copy(Path.of("/bin/true"), folder.resolve("wanted"));
    Path other = Files.copy(Path.of("/bin/true"), folder.resolve("other"));
    RecordingOptions options =
        options(false, "sched:sched_process_exec if filename == \"%s\"".formatted(wanted));
    try (Recording recording = Recording.start(options)) {
      run(wanted.toString());
      run(other.toString());
      recording.finish();
    }
    assertThat(counts(options.output())).containsEntry("sched_process_exec", 1L);
    try (OpenedTraces traces =
        Traces.open(List.of(options.output()), List.of(new FtraceReader()), diagnostics::add)) {
      Environment environment = traces.traces().getFirst().traceClass().environment();
      assertThat(environment.text("partial_events")).isEqualTo("sched_process_exec");
      assertThat(environment.text("recorder")).isEqualTo("test");
    }
  }

  @Test
  void eventsWithoutAFieldOfTheFilterAreLeftOutAndNamed() throws IOException {
    RecordingOptions options = options(false, "sched:sched_* if prev_pid == 0 && next_pid != 0");
    try (Recording recording = Recording.start(options)) {
      assertThat(recording.leftOut()).contains("sched_process_exec").doesNotContain("sched_switch");
      assertThat(recording.events().get("sched")).containsExactly("sched_switch");
      recording.finish();
    }
  }

  @Test
  void filtersOfTheSameEventLetThroughWhatAnyOfThemDoes() throws IOException, InterruptedException {
    Path first = Files.copy(Path.of("/bin/true"), folder.resolve("first"));
    Path second = Files.copy(Path.of("/bin/true"), folder.resolve("second"));
    String event = "sched:sched_process_exec if filename == \"%s\"";
    RecordingOptions both = options(false, event.formatted(first), event.formatted(second));
    try (Recording recording = Recording.start(both)) {
      run(first.toString());
      run(second.toString());
      run("/bin/true");
      recording.finish();
    }
    assertThat(counts(both.output())).containsEntry("sched_process_exec", 2L);
    RecordingOptions all = options(false, event.formatted(first), "sched:sched_process_exec");
    try (Recording recording = Recording.start(all)) {
      run(second.toString());
      recording.finish();
    }
    assertThat(counts(all.output()).get("sched_process_exec")).isPositive();
  }

  @Test
  void whatTheKernelDoesNotHaveIsNamedAndNothingStays() throws IOException {
    assertThatThrownBy(() -> Recording.start(options(false, "sched:no_such_event")))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("sched:no_such_event");
    assertThatThrownBy(() -> Recording.start(options(false, "sched:sched_switch if nonsense > 1")))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("filter");
    assertThat(ownInstances()).isEmpty();
  }

  @Test
  void aClockThatCountsNoTimeIsRefusedWithAStateDump() throws IOException {
    assertThatThrownBy(() -> Recording.start(withClock("counter", true)))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("the clock 'counter' counts no nanoseconds");
    try (Recording recording = Recording.start(withClock("counter", false))) {
      recording.finish();
    }
    try (Recording recording = Recording.start(withClock("boot", true))) {
      recording.finish();
    }
    assertThat(ownInstances()).isEmpty();
  }

  private RecordingOptions withClock(String clock, boolean stateDump) {
    return options(folder.resolve("trace.dat"), clock, stateDump, "sched:sched_switch");
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndNothingStays() throws IOException {
    RecordingOptions options =
        options(folder.resolve("missing/trace.dat"), "mono", false, "sched:sched_switch");
    assertThatThrownBy(() -> Recording.start(options)).isInstanceOf(RecordException.class);
    assertThat(ownInstances()).isEmpty();
  }

  /// What a recorder that is killed leaves.
  private @Nullable String nameInUnfinished(Path file, long tid) {
    try (OpenedTraces traces =
        Traces.open(List.of(file), List.of(new FtraceReader()), diagnostics::add)) {
      return traces.traces().getFirst() instanceof KernelTrace trace
          ? trace.names().comm(tid)
          : null;
    }
  }

  @Test
  void namesOfTasksThatStartLaterAreInTheFileBeforeItsEnd()
      throws IOException, InterruptedException {
    RecordingOptions options = options(false, "sched:sched_switch");
    // One that is switched to again and again: the kernel learns names at switches, and may miss
    // some.
    Path program = Files.copy(Path.of("/bin/sh"), folder.resolve("rdlater"));
    try (Recording recording = Recording.start(options)) {
      Process later =
          new ProcessBuilder(program.toString(), "-c", "for i in $(seq 1200); do sleep 0.1; done")
              .start();
      try {
        String name = null;
        for (int i = 0; i < 300 && !"rdlater".equals(name); i++) {
          run("/bin/sleep", "0.1");
          if (recording.noteNames()) {
            name = nameInUnfinished(options.output(), later.pid());
          }
        }
        assertThat(name).isEqualTo("rdlater");
      } finally {
        later.destroyForcibly().waitFor();
      }
      recording.finish();
    }
  }

  @Test
  void aClockThatIsNotThereIsToldWithThoseThatAre() {
    RecordingOptions options =
        new RecordingOptions(
            folder.resolve("no.dat"),
            List.of(EventRequest.parse("sched:sched_switch")),
            4096,
            "sundial",
            List.of(),
            List.of(),
            false,
            "test");
    assertThatThrownBy(() -> Recording.start(options))
        .isInstanceOfSatisfying(
            RecordException.class,
            failure -> assertThat(failure.advice()).contains("local", "mono", "boot"))
        .hasMessage("this kernel has no trace clock 'sundial'");
    assertThat(folder.resolve("no.dat")).doesNotExist();
  }

  /// Every write to this device fails as on a full disk.
  @Test
  void onAFullDiskNothingIsLeft() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full), "skipped: there is no /dev/full");
    Path link = Files.createSymbolicLink(folder.resolve("full.dat"), full);
    RecordingOptions options = options(link, "mono", false, "sched:sched_switch");
    assertThatThrownBy(() -> Recording.start(options))
        .isInstanceOf(RecordException.class)
        .hasMessageContaining("nothing was kept");
    assertThat(ownInstances()).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(link);
    }
    // The extension that removes the folder warns of links that lead out of it.
    Files.delete(link);
    assertThat(full).exists();
  }

  /// Pages of a buffer that is not yet half full are moved a few times a second.
  private static void awaitBytes(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && (!Files.exists(file) || Files.size(file) == 0); i++) {
      run("/bin/true");
      Thread.sleep(20);
    }
  }

  @Test
  void aKilledRecorderIsCleanedUpAndItsRecordingReads() throws IOException, InterruptedException {
    Path file = folder.resolve("killed.dat");
    Process recorder = KilledRecorder.start(file);
    try {
      // It says a word when it records.
      assertThat(recorder.getInputStream().read()).isEqualTo('r');
      awaitBytes(folder.resolve("killed.dat.cpu0"));
      assertThat(TracefsInstances.of(recorder.pid())).isNotEmpty();
    } finally {
      recorder.destroyForcibly().waitFor();
    }
    Path other = TracefsInstances.FOLDER.resolve("somebody-else-" + ProcessHandle.current().pid());
    Files.createDirectory(other);
    try {
      // Any recording that starts meanwhile does the same; then nothing is left to be removed here.
      assertThat(Recording.removeStale()).allMatch(stale -> stale.startsWith("rideau-"));
      assertThat(TracefsInstances.of(recorder.pid())).isEmpty();
      assertThat(other).exists();
    } finally {
      Files.delete(other);
    }
    assertThat(counts(file)).containsKey("sched_switch");
    assertThat(diagnostics).isEmpty();
  }
}
