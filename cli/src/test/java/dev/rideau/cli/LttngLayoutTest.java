package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings of the kernel's own events, copied into the layout of LTTng's kernel tracer: Rideau's
/// reports and programs made for LTTng say the same of both.
@Tag("slow")
@Tag("oracle")
final class LttngLayoutTest {
  private static final Path BABELTRACE = Path.of("/usr/bin/babeltrace2");
  private static final Path CPUTOP = Path.of("/usr/bin/lttng-cputop");
  private static final Path PERF = Path.of("/usr/bin/perf");

  private static final List<String> REPORTS =
      List.of(
          "cpu-thread",
          "cpu",
          "sched-latency",
          "switches",
          "migrations",
          "syscalls",
          "irq",
          "softirq",
          "disk",
          "io-process",
          "files");

  /// Those of them that show a part of their rows only, if not told otherwise.
  private static final List<String> LIMITED =
      List.of(
          "cpu-thread",
          "sched-latency",
          "switches",
          "migrations",
          "syscalls",
          "io-process",
          "files");

  /// A line of lttng-cputop: `████ 45.08 % name (tid) migrations`.
  private static final Pattern USAGE =
      Pattern.compile("\\s([0-9.]+) %\\s+(.*) \\((\\d+)\\)\\s+\\d+\\s+\\[");

  /// A name that is longer than the 15 bytes of LTTng's.
  private static final Pattern WORKER = Pattern.compile("(kworker/[^,]{7})[^,]+");

  @TempDir private Path folder;

  @Test
  void eventsOfPerfGetNamesAndFieldsOfLttng() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isWritable(TracefsInstances.FOLDER), "skipped: no events of the kernel here");
    Path recording =
        recordWithPerf(
            "-a",
            "-m",
            "4096",
            "-e",
            "sched:sched_switch,sched:sched_waking,sched:sched_process_fork,irq:*");
    Path copy = convert(recording);
    List<String> lines = run(BABELTRACE.toString(), copy.toString());
    assertThat(lines)
        .anySatisfy(line ->
            assertThat(line)
                .contains(" sched_switch: ", "prev_tid = ", "next_tid = ", "{ cpu_id = "));
    assertThat(lines.stream().filter(line -> line.contains(" lttng_statedump_start: "))).hasSize(1);
    assertThat(lines.stream().filter(line -> line.contains(" lttng_statedump_process_state: ")))
        .isNotEmpty();
    assertSameReports(recording, copy);
  }

  @Test
  void callChainsAndNumberedCallsOfPerfStay() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isWritable(TracefsInstances.FOLDER), "skipped: no events of the kernel here");
    Path recording =
        recordWithPerf("-a", "-m", "4096", "-g", "-e", "sched:sched_switch,raw_syscalls:*");
    Path copy = convert(recording);
    List<String> lines = run(BABELTRACE.toString(), copy.toString());
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains(" sched_switch: ", ", callchain = [ [0] = "))
        .anySatisfy(line ->
            assertThat(line).contains(" syscall_entry_unknown: ", "{ id = ", "args = [ [0] = "));
    assertSameReports(recording, copy);
  }

  @Test
  void samplesOfPerfWithoutEventsOfTheKernelKeepTheirNames()
      throws IOException, InterruptedException {
    Path recording = recordWithPerf("-g", "-e", "cpu-clock");
    Path copy = folder.resolve("copy");
    Run run = Run.of("convert", recording.toString(), "-o", copy.toString());
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    List<String> lines = run(BABELTRACE.toString(), copy.toString());
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains(" cpu-clock: ", ", callchain = [ [0] = "))
        .anySatisfy(line -> assertThat(line).contains(" PERF_RECORD_COMM: "));
    assertThat(Run.of("stat", recording.toString()).stdout())
        .contains("event records  %,d ".formatted(lines.size()));
  }

  @Test
  void ownRecordingSaysTheSameAsItsCopy() throws IOException, InterruptedException {
    Path recording = record();
    Path copy = convert(recording);
    long records = run(BABELTRACE.toString(), copy.toString()).size();
    assertThat(Run.of("stat", recording.toString()).stdout())
        .contains("event records  %,d ".formatted(records));
    assertSameReports(recording, copy);
  }

  @Test
  void lttngCputopSaysTheSameAsTheReportOfTheRecording() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(CPUTOP), "skipped: no lttng-cputop (apt install python3-lttnganalyses)");
    Path recording = record();
    Path copy = convert(recording);
    Map<String, Double> shares = new HashMap<>();
    for (String line :
        run(
            CPUTOP.toString(),
            "--no-progress",
            "--skip-validation",
            "--limit",
            "1000",
            copy.toString())) {
      Matcher matcher = USAGE.matcher(line);
      if (matcher.find() && !matcher.group(3).equals("0")) {
        shares.put(matcher.group(3), Double.valueOf(matcher.group(1)));
      }
    }
    assertThat(shares).isNotEmpty();
    List<String> rows =
        Run.of("report", "cpu-thread", "--limit", "1000", "--format", "csv", recording.toString())
            .stdout()
            .lines()
            .toList();
    List<String> columns = List.of(rows.getFirst().split(","));
    int thread = columns.indexOf("thread");
    int tid = columns.indexOf("tid");
    int share = columns.indexOf("usage");
    assertThat(List.of(thread, tid, share)).as("columns %s", columns).doesNotContain(-1);
    // Of each CPU it counts the time before the first switch for whatever it believes to run. The
    // recorded command began later, so there is no doubt of it.
    List<String[]> commands =
        rows.stream().map(row -> row.split(",")).filter(row -> row[thread].equals("sh")).toList();
    assertThat(commands).isNotEmpty();
    for (String[] row : commands) {
      assertThat(shares).containsKey(row[tid]);
      // It takes what ran last for what runs, also where the thread of the next record is another.
      if (!hasHiddenSwitches(recording, row[tid])) {
        assertThat(shares.get(row[tid])).isCloseTo(Double.parseDouble(row[share]), within(0.01));
      }
    }
  }

  private Path recordWithPerf(String... options) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(BABELTRACE), "skipped: no babeltrace2");
    Assumptions.assumeTrue(Files.isExecutable(PERF), "skipped: no perf");
    Path recording = folder.resolve("perf.data");
    List<String> command =
        new ArrayList<>(List.of(PERF.toString(), "record", "-q", "-o", recording.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("--", "sh", "-c", "sleep 0.1; ls -lR /usr/share/doc/apt; true"));
    run(command.toArray(String[]::new));
    // Where a copy has its losses is not to the nanosecond where the original has them.
    Assumptions.assumeTrue(
        Run.of("stat", recording.toString(), "--json").stdout().contains("\"discarded_events\": 0"),
        "skipped: perf lost events");
    return recording;
  }

  private Path record() {
    Assumptions.assumeTrue(Files.isExecutable(BABELTRACE), "skipped: no babeltrace2");
    TracefsInstances.require();
    Path recording = folder.resolve("trace.dat");
    Run recorded =
        Run.of(
            "record",
            "-o",
            recording.toString(),
            "--buffer",
            "64M",
            "--profile",
            "cpu,io",
            "--",
            "sh",
            "-c",
            "ls -lR /usr/share/doc/apt >/dev/null; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
    assertThat(recorded.exitCode()).as(recorded.stderr()).isZero();
    return recording;
  }

  private Path convert(Path recording) {
    Path copy = folder.resolve("copy");
    Run run = Run.of("convert", recording.toString(), "-o", copy.toString());
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(copy.resolve("kernel/metadata")).exists();
    return copy;
  }

  /// Whether the kernel left out context switches of a thread, which some kernels do.
  private static boolean hasHiddenSwitches(Path recording, String tid) {
    Run run =
        Run.of(
            "sql",
            recording.toString(),
            "--format",
            "csv",
            "SELECT count(*) FROM thread_state JOIN thread USING (utid)"
                + " WHERE state = 'unknown' AND tid = "
                + tid);
    return !run.stdout().lines().toList().getLast().equals("0");
  }

  private static void assertSameReports(Path recording, Path copy, String... options) {
    for (String report : REPORTS) {
      assertThat(rows(report, copy, options))
          .as(report)
          .isEqualTo(rows(report, recording, options));
    }
  }

  /// The exit status too: it tells whether the events were recorded at all. Sorted: rows of equal
  /// rank come in no particular order. Names of the kernel's workers are cut as LTTng cuts them.
  private static List<String> rows(String report, Path trace, String... options) {
    List<String> words =
        new ArrayList<>(List.of("report", report, "--no-cache", "--format", "csv"));
    if (LIMITED.contains(report)) {
      words.addAll(List.of("--limit", "10000"));
    }
    words.addAll(List.of(options));
    words.add(trace.toString());
    Run run = Run.of(words.toArray(String[]::new));
    List<String> rows =
        new ArrayList<>(
            run.stdout().lines().skip(1).map(row -> WORKER.matcher(row).replaceAll("$1")).toList());
    rows.sort(null);
    rows.add("exit status " + run.exitCode());
    return rows;
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path text = folder.resolve("text");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(text.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readString(text, StandardCharsets.UTF_8).lines().toList();
  }
}
