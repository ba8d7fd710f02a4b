package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `rideau record` as people end it, ask it, and cut what it wrote.
@Tag("slow")
final class RecordCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsTracefs() {
    TracefsInstances.require();
  }

  @Test
  void aFlightRecorderWritesWhenAskedInAnyWay() throws IOException, InterruptedException {
    try (RecorderProcess recorder =
        RecorderProcess.start(
            "record",
            "--flight",
            "-o",
            folder.resolve("flight.dat").toString(),
            "--no-state-dump",
            "-e",
            "sched:sched_switch",
            "--on",
            "sched_process_exit if comm == \"rdhere\"")) {
      recorder.line("flight recorder " + recorder.pid() + " runs");

      recorder.signal("USR1");
      assertThat(eventsOf(recorder.line("asked: "))).isPositive();

      Run asked = Run.of("snapshot", Long.toString(recorder.pid()));
      assertThat(asked.exitCode()).as(asked.stderr()).isZero();
      assertThat(asked.stdout()).contains("asked flight recorder " + recorder.pid());
      assertThat(eventsOf(recorder.line("asked: "))).isPositive();

      Path here = Files.copy(Path.of("/bin/true"), folder.resolve("rdhere"));
      new ProcessBuilder(here.toString()).start().waitFor();
      assertThat(eventsOf(recorder.line("sched_process_exit"))).isPositive();

      recorder.signal("INT");
      recorder.line("it wrote 3 snapshots");
      assertThat(recorder.exitCode()).isZero();
      assertThat(recorder.instances()).isEmpty();
    }
  }

  /// Reads the snapshot that a line tells of.
  private static long eventsOf(String line) {
    String file = line.substring(line.lastIndexOf(' ') + 1);
    Run stat = Run.of("stat", file);
    assertThat(stat.exitCode()).as(stat.stderr()).isZero();
    Run count = Run.of("cat", file);
    return count.stdout().lines().filter(each -> each.contains("sched_switch")).count();
  }

  @Test
  void onlyFlightRecordersAreAskedForSnapshots() {
    Run run = Run.of("snapshot", "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("process 1 is no flight recorder of ours");
  }

  @Test
  void rootWithoutTracefsIsToldHowToMountIt() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/unshare")), "skipped: there is no unshare");
    try (RecorderProcess explain =
        RecorderProcess.startWithoutTracefs("explain", "--duration", "1s")) {
      explain.line("tracefs is not mounted");
      explain.line("sudo mount -t tracefs tracefs /sys/kernel/tracing");
      assertThat(explain.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aSecondRecordingToTheSameFileIsRefusedAndTheFirstIsWhole()
      throws IOException, InterruptedException {
    Path file = folder.resolve("trace.dat");
    String[] command = {
      "record", "-o", file.toString(), "--no-state-dump", "-e", "sched:sched_switch"
    };
    try (RecorderProcess recorder = RecorderProcess.start(command)) {
      recorder.line("Ctrl-C ends it");
      Run second = Run.of(command);
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.stderr())
          .contains("another recording writes to " + file, "give another file with -o");
      recorder.signal("INT");
      recorder.line("next: rideau explain");
      assertThat(recorder.exitCode()).isZero();
    }
    assertThat(lines(Run.of("cat", file.toString()))).isNotEmpty();
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
  }

  @Test
  void aFlightRecorderEndsWithItsCommandAndSaysWhatItWrote() throws IOException {
    Path file = folder.resolve("flight.dat");
    Run run =
        Run.of(
            "record",
            "--flight",
            "-o",
            file.toString(),
            "-e",
            "sched:sched_switch",
            "--",
            "sh",
            "-c",
            "exit 3");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.stderr()).contains("no snapshot was asked for, so nothing was written");
    try (var entries = Files.list(folder)) {
      assertThat(entries).isEmpty();
    }
  }

  @Test
  void aFlightRecorderTellsOfSnapshotsThatFailed() throws IOException, InterruptedException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    String file = gone.resolve("flight.dat").toString();
    try (RecorderProcess recorder =
        RecorderProcess.start(
            "record", "--flight", "-o", file, "--no-state-dump", "-e", "sched:sched_switch")) {
      recorder.line("flight recorder " + recorder.pid() + " runs");
      Files.delete(gone);
      for (int i = 0; i < 2; i++) {
        recorder.signal("USR1");
        recorder.line("rideau: error: ");
      }
      recorder.signal("INT");
      recorder.line("the flight recorder ended; nothing was written; 2 snapshots failed");
      assertThat(recorder.exitCode()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/nonexist/program, there is no such program",
    "rdnoprogram, there is no such program",
    "/etc/passwd, it is not executable",
    "/tmp, it is a folder"
  })
  void aCommandThatCannotBeStartedTakesNothingAway(String program, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("kept.dat"), "what was here before");
    Run run = Run.of("record", "-o", file.toString(), "--", program);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("'" + program + "' cannot be started (" + why + ")");
    assertThat(file).hasContent("what was here before");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatTheCommandStartedEndsWithTheRecording() throws IOException {
    Path program = Files.copy(Path.of("/bin/sleep"), folder.resolve("rdstarted"));
    Run run =
        Run.of(
            "record",
            "-o",
            folder.resolve("started.dat").toString(),
            "--no-state-dump",
            "-e",
            "sched:sched_process_exit",
            "--duration",
            "1s",
            "--",
            "sh",
            "-c",
            "%s 98 & %s 98".formatted(program, program));
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(each -> each.info().command().orElse("").equals(program.toString()))
                .filter(ProcessHandle::isAlive))
        .isEmpty();
  }

  @Test
  void aProcessThatIsNotThereIsNamed() {
    Run run = Run.of("record", "--pid", "99999999", "--duration", "1s");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr()).contains("--pid: no process has the id 99999999");
  }

  @Test
  void aRecordingOfAProcessEndsWithItsLastChild() throws IOException, InterruptedException {
    Process recorded =
        new ProcessBuilder("sh", "-c", "read go; sleep 0.2 & exit 0")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String file = folder.resolve("trace.dat").toString();
    try (RecorderProcess recorder =
        RecorderProcess.start(
            "record",
            "-o",
            file,
            "--no-state-dump",
            "-e",
            "sched:sched_process_exit",
            "--pid",
            Long.toString(recorded.pid()))) {
      recorder.line("Ctrl-C ends it");
      recorded.getOutputStream().close();
      recorder.line("the processes to record have all ended");
      recorder.line("next: rideau explain");
      assertThat(recorder.exitCode()).isZero();
    } finally {
      recorded.destroyForcibly();
    }
    assertThat(lines(Run.of("cat", file))).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsARecordingAndLeavesNothing(String signal)
      throws IOException, InterruptedException {
    Path file = folder.resolve("trace.dat");
    try (RecorderProcess recorder =
        RecorderProcess.start(
            "record", "-o", file.toString(), "--no-state-dump", "-e", "sched:sched_switch")) {
      recorder.line("Ctrl-C ends it");
      assertThat(recorder.instances()).hasSize(1);
      recorder.signal(signal);
      recorder.line("next: rideau explain");
      assertThat(recorder.exitCode()).isZero();
      assertThat(recorder.instances()).isEmpty();
    }
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
    Run stat = Run.of("stat", file.toString());
    assertThat(stat.exitCode()).isZero();
    assertThat(stat.stderr()).isEmpty();
  }

  @Test
  void anInterruptEndsARecordingInTheBackgroundOfAScriptToo()
      throws IOException, InterruptedException {
    String file = folder.resolve("trace.dat").toString();
    try (RecorderProcess recorder =
        RecorderProcess.startInBackground(
            "record", "-o", file, "--no-state-dump", "-e", "sched:sched_switch")) {
      recorder.line("Ctrl-C ends it");
      recorder.signal("INT");
      recorder.line("next: rideau explain");
      assertThat(recorder.exitCode()).isZero();
    }
  }

  @Test
  void aRecordingThatWasCutIsToldUpToTheCut() throws IOException {
    Path file = folder.resolve("trace.dat");
    Run recorded =
        Run.of(
            "record",
            "-o",
            file.toString(),
            "-e",
            "sched:*",
            "-e",
            "raw_syscalls:*",
            "--",
            "sh",
            "-c",
            "i=0; while [ $i -lt 30 ]; do /bin/true; i=$((i + 1)); done");
    assertThat(recorded.exitCode()).as(recorded.stderr()).isZero();
    Set<String> whole = new HashSet<>(lines(Run.of("cat", file.toString())));
    assertThat(whole).hasSizeGreaterThan(1000);
    long length = Files.size(file);
    Random random = new Random(13);
    List<Long> cuts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      cuts.add(1 + random.nextLong(length - 1));
    }
    cuts.sort((left, right) -> Long.compare(right, left));
    long before = whole.size();
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (long cut : cuts) {
        bytes.setLength(cut);
        before = tellsUpToTheCut(file, cut, whole, before);
      }
    }
  }

  /// Whether `cat`, `stat` and `explain` say that it was cut and tell only what was recorded.
  ///
  /// @return the number of lines
  private static long tellsUpToTheCut(Path file, long cut, Set<String> whole, long most) {
    Run cat = Run.of("cat", file.toString());
    List<String> lines = lines(cat);
    assertThat(lines).as("the first %d bytes", cut).hasSizeLessThanOrEqualTo((int) most);
    assertThat(whole.containsAll(lines)).as("the first %d bytes", cut).isTrue();
    Run stat = Run.of("stat", file.toString());
    Run explain = Run.of("explain", "--no-cache", file.toString());
    for (Run each : List.of(cat, stat, explain)) {
      assertThat(each.exitCode()).as(each.stderr()).isIn(0, 1);
      assertThat(each.stderr()).as("the first %d bytes", cut).contains("rideau: ");
      assertThat(each.stderr()).doesNotContain("Exception", "internal error");
    }
    return lines.size();
  }

  private static List<String> lines(Run run) {
    return run.stdout().lines().filter(line -> line.contains("[0")).toList();
  }
}
