package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A workload that says what it did, recorded on the machine that runs the tests: reports say the
/// same, of our recording and of one by perf.
@Tag("slow")
final class RecordedTruthTest {
  private static final Path PERF = Path.of("/usr/bin/perf");
  private static final Pattern TIMES =
      Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s.*", Pattern.DOTALL);

  @TempDir private Path folder;

  private String file = "";
  private String script = "";
  private String work = "";

  @BeforeEach
  void needsTracefs() throws IOException {
    TracefsInstances.require();
    file = folder.resolve("trace.dat").toString();
    work = Files.createDirectory(folder.resolve("work")).toString();
    Path copy = folder.resolve("known-truth.sh");
    try (InputStream in =
        Objects.requireNonNull(RecordedTruthTest.class.getResourceAsStream("known-truth.sh"))) {
      Files.copy(in, copy);
    }
    script = copy.toString();
  }

  @Test
  void reportsSayWhatTheWorkloadDid() throws IOException {
    Run recorded = Run.of("record", "-o", file, "--buffer", "64M", "--", "sh", script, work);
    assertThat(recorded.exitCode()).as(recorded.stderr()).isZero();
    assertThat(recorded.stderr()).contains("nothing lost", "next: rideau explain");

    assertThat(
            sql(file, "SELECT count(*) FROM process WHERE name = 'rdtrue' AND end_ts IS NOT NULL"))
        .containsExactly("25");
    assertThat(io(file).get("rddd")).contains(",1228800,");
    assertThat(
            sql(
                file,
                "SELECT count(*) FROM syscall JOIN thread t USING (utid)"
                    + " WHERE t.name = 'rddd' AND syscall.name = 'read' AND ret = 4096"))
        .containsExactly("300");
    assertThat(
            sql(
                file,
                "SELECT dur FROM syscall JOIN thread t USING (utid)"
                    + " WHERE t.name = 'rdsleep' AND syscall.name = 'clock_nanosleep'"))
        .singleElement()
        .satisfies(ns -> assertThat(Long.parseLong(ns)).isGreaterThanOrEqualTo(400_000_000));

    Map<String, Double> cpu = cpu(file);
    Map<String, Double> unknown = unknown(file);
    for (int i = 1; i <= 3; i++) {
      String name = "rdburn" + i;
      double foundNs = Objects.requireNonNull(cpu.get(name));
      double toldNs = times(Path.of(work, "times" + i));
      // The kernel tells programs in hundredths.
      double roughly = toldNs * 0.02 + 25e6;
      assertThat(toldNs)
          .as(name)
          .isBetween(foundNs - roughly, foundNs + unknown.getOrDefault(name, 0.0) + roughly);
      long began = Long.parseLong(Files.readString(Path.of(work, "began" + i)).strip());
      String start =
          sql(file, "SELECT start_ts FROM process WHERE name = 'rdburn" + i + "'").getFirst();
      assertThat(Long.parseLong(start)).isBetween(began, began + 10_000_000_000L);
    }
  }

  /// The kernel leaves out context switches between threads that are not recorded.
  @Test
  void ofARestrictedRecordingOnlyTheProcessesAreToldThatItIsAbout()
      throws IOException, InterruptedException {
    Process busy =
        new ProcessBuilder("sh", "-c", "while :; do /bin/true; read -t 0.01 x; done </dev/null")
            .start();
    try {
      Run recorded =
          Run.of("record", "-o", file, "--pid", Long.toString(busy.pid()), "--duration", "500ms");
      assertThat(recorded.exitCode()).as(recorded.stderr()).isZero();
    } finally {
      busy.destroyForcibly().waitFor();
    }
    String others =
        " FROM sched_slice JOIN thread t USING (utid) WHERE t.start_ts IS NULL AND tid <> "
            + busy.pid();
    assertThat(sql(file, "SELECT count(*)" + others)).containsExactly("0");
    assertThat(sql(file, "SELECT count(*) > 0 FROM sched_slice")).containsExactly("true");
    assertThat(Run.of("explain", file).stdout()).contains("only some processes");
    Run top = Run.of("top", file, "--batch", "--interval", "10s", "--rows", "3");
    assertThat(top.stdout().lines().skip(2).findFirst().orElseThrow()).matches(".* (sh|true)");
  }

  @Test
  void reportsOfPerfsRecordingSayTheSame() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(PERF), "skipped: perf is not installed");
    List<String> events =
        List.of(
            "sched:sched_switch",
            "sched:sched_waking",
            "sched:sched_wakeup",
            "sched:sched_wakeup_new",
            "sched:sched_process_fork",
            "sched:sched_process_exec",
            "sched:sched_process_exit",
            "task:task_newtask",
            "task:task_rename",
            "syscalls:sys_enter_read",
            "syscalls:sys_exit_read",
            "syscalls:sys_enter_write",
            "syscalls:sys_exit_write");
    String theirs = folder.resolve("perf.data").toString();
    List<String> perf = new ArrayList<>(List.of(PERF.toString(), "record", "-a", "-m", "4096"));
    // Without a state dump, which perf does not have: it tells which inherited descriptors are
    // files.
    List<String> ours =
        new ArrayList<>(List.of("record", "-o", file, "--buffer", "64M", "--no-state-dump"));
    for (String event : events) {
      perf.addAll(List.of("-e", event));
      ours.addAll(List.of("-e", event));
    }
    perf.addAll(List.of("-o", theirs, "--", "sleep", "3600"));
    Process recorder =
        new ProcessBuilder(perf)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      // It writes its file when it has begun.
      for (int i = 0; i < 500 && size(theirs) == 0; i++) {
        Thread.sleep(20);
      }
      Thread.sleep(1000);
      ours.addAll(List.of("--", "sh", script, work));
      assertThat(Run.of(ours.toArray(String[]::new)).stderr()).contains("nothing lost");
    } finally {
      // As Ctrl-C does: it finishes its file.
      new ProcessBuilder("kill", "-INT", Long.toString(recorder.pid())).start().waitFor();
      recorder.waitFor();
    }
    Assumptions.assumeTrue(
        Run.of("stat", theirs, "--json").stdout().contains("\"discarded_events\": 0"),
        "skipped: perf lost events");
    assertThat(io(theirs)).isEqualTo(io(file));
    Map<String, Double> cpu = cpu(file);
    assertThat(cpu).containsKeys("rdburn1", "rdburn2", "rdburn3", "rddd", "rdsleep");
    Map<String, Double> theirCpu = cpu(theirs);
    assertThat(theirCpu).containsOnlyKeys(cpu.keySet());
    Map<String, Double> unknown = unknown(file);
    Map<String, Double> theirUnknown = unknown(theirs);
    Map<String, String> switches = switches(file);
    Map<String, String> theirSwitches = switches(theirs);
    // What one of the two recorders was not told of, its reports cannot say.
    cpu.keySet().removeIf(name -> !Objects.equals(switches.get(name), theirSwitches.get(name)));
    Assumptions.assumeFalse(cpu.isEmpty(), "skipped: context switches were left out everywhere");
    cpu.forEach((name, ns) -> {
      double unknownNs = unknown.getOrDefault(name, 0.0) + theirUnknown.getOrDefault(name, 0.0);
      assertThat(theirCpu.get(name)).as(name).isCloseTo(ns, within(ns * 0.01 + 1e5 + unknownNs));
    });
  }

  private static long size(String path) {
    return Path.of(path).toFile().length();
  }

  /// The first column of the answer.
  private static List<String> sql(String trace, String statement) {
    Run run = Run.of("sql", trace, "--no-cache", "--format", "csv", statement);
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return run.stdout().lines().skip(1).toList();
  }

  private static List<String> report(String name, String trace) {
    Run run =
        Run.of(
            "report",
            name,
            trace,
            "--no-cache",
            "--format",
            "csv",
            "--proc",
            "rd*",
            "--limit",
            "100");
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return run.stdout().lines().skip(1).toList();
  }

  /// By process other than the many: bytes and calls, without the time that they took.
  private static Map<String, String> io(String trace) {
    Map<String, String> io = new TreeMap<>();
    for (String line : report("io-process", trace)) {
      io.put(line.substring(0, line.indexOf(',')), line.substring(0, line.lastIndexOf(',')));
    }
    io.remove("rdtrue");
    return io;
  }

  /// Nanoseconds by process.
  private static Map<String, Double> cpu(String trace) {
    Map<String, Double> cpu = new TreeMap<>();
    for (String line : report("cpu-process", trace)) {
      String[] values = line.split(",", -1);
      cpu.merge(values[0], Double.parseDouble(values[3]), Double::sum);
    }
    return cpu;
  }

  /// The recorded context switches to and from the threads of each process.
  private static Map<String, String> switches(String trace) {
    Map<String, String> switches = new TreeMap<>();
    String columns = "prev_pid || '>' || next_pid AS step, ts FROM events('sched_switch')";
    for (String line :
        sql(
            trace,
            "SELECT comm, string_agg(step, ' ' ORDER BY ts, step) FROM"
                + (" (SELECT prev_comm AS comm, " + columns)
                + (" UNION ALL SELECT next_comm, " + columns)
                + ") WHERE comm LIKE 'rd%' GROUP BY 1")) {
      switches.put(line.substring(0, line.indexOf(',')), line.substring(line.indexOf(',') + 1));
    }
    return switches;
  }

  /// Nanoseconds by process of which the trace does not say what they were spent on: the kernel
  /// leaves out some context switches here, whoever records.
  private static Map<String, Double> unknown(String trace) {
    Map<String, Double> unknown = new TreeMap<>();
    for (String line :
        sql(
            trace,
            "SELECT p.name, sum(s.dur) FROM thread_state s JOIN thread t USING (utid)"
                + " JOIN process p USING (upid)"
                + " WHERE s.state = 'unknown' AND p.name LIKE 'rd%' GROUP BY 1")) {
      unknown.put(
          line.substring(0, line.indexOf(',')),
          Double.parseDouble(line.substring(line.indexOf(',') + 1)));
    }
    return unknown;
  }

  /// Nanoseconds of user and system time, as the shell's `times` prints them.
  private static double times(Path told) throws IOException {
    Matcher matcher = TIMES.matcher(Files.readString(told));
    assertThat(matcher.matches()).isTrue();
    return 1e9
        * (60 * (Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(3)))
            + Double.parseDouble(matcher.group(2))
            + Double.parseDouble(matcher.group(4)));
  }
}
