package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings of perf that are not of the whole machine: of a command and its children, of one CPU,
/// and those whose switches perf itself tells.
@Tag("slow")
final class PerfOfTasksTest {
  private static final Path PERF = Path.of("/usr/bin/perf");
  private static final String COUNT = "i=0; while [ $i -lt 150000 ]; do i=$((i+1)); done";

  private static final String ONLINE = "SELECT value FROM recording WHERE name = 'cpus_online'";

  /// Two that compute, side by side, and a wait; then what that took.
  private static final String WORK =
      "(" + COUNT + ") & " + COUNT + "; sleep 0.2; wait; times > \"$0\"";

  private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s");

  /// What a shell and its two children took is told in hundredths of a second.
  private static final double ROUGH_NS = 60e6;

  @TempDir private Path folder;

  private String file = "";

  @BeforeEach
  void needsPerf() {
    TracefsInstances.require();
    Assumptions.assumeTrue(Files.isExecutable(PERF), "skipped: perf is not installed");
    file = folder.resolve("perf.data").toString();
  }

  @Test
  void timesOfACommandAreThoseThatTheKernelTellsIt() throws IOException, InterruptedException {
    double toldNs = record("--switch-events", "-e", "sched:sched_switch");
    double ranNs = number("SELECT sum(dur) FROM sched_slice");
    assertThat(toldNs).isBetween(ranNs * 0.9 - ROUGH_NS, ranNs + unknownNs() + ROUGH_NS);
    assertNobodyElseRan();
    assertThat(explained())
        .contains("only some processes")
        .doesNotContain("known in parts only", "processors were busy");
  }

  @Test
  void whereOnlyLeavingIsToldNoTimeIsInvented() throws IOException, InterruptedException {
    double toldNs = record("-e", "sched:sched_switch");
    assertThat(number("SELECT coalesce(sum(dur), 0) FROM sched_slice"))
        .isLessThan(toldNs * 1.1 + ROUGH_NS);
    assertNobodyElseRan();
    assertThat(explained())
        .contains("known in parts only", "What ran, and for how long at least")
        .doesNotContain("of one CPU", "CPU time of recorded processes");
    assertThat(Run.of("report", "cpu-thread", file).stderr()).contains("known in parts only");
  }

  @Test
  void switchesThatPerfItselfTellsMakeTheSameTimes() throws IOException, InterruptedException {
    double toldNs = record("-a", "--switch-events", "-e", "cpu-clock");
    String ofCommand =
        " FROM sched_slice JOIN thread t USING (utid) JOIN process p USING (upid)"
            + " WHERE p.name IN ('sh', 'sleep') AND t.start_ts IS NOT NULL";
    double ranNs = number("SELECT coalesce(sum(dur), 0)" + ofCommand);
    assertThat(toldNs).isBetween(ranNs * 0.9 - ROUGH_NS, ranNs + unknownNs() + ROUGH_NS);
    assertThat(
            sql(
                "SELECT count(*) FROM (SELECT cpu, sum(dur) ran FROM sched_slice GROUP BY cpu),"
                    + " recording_span WHERE ran > 1.001 * (end_ts - begin_ts)"))
        .containsExactly("0");
    assertThat(Run.of("report", "cpu", file).exitCode()).isZero();
  }

  @Test
  void ofOneCpuNothingIsToldOfTheOthers() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1, "skipped: there is one CPU only");
    record("-C", "1", "-e", "sched:sched_switch");
    assertThat(sql("SELECT DISTINCT cpu FROM sched_slice")).containsExactly("1");
    assertThat(sql("SELECT count(*) FROM thread_state WHERE state = 'blocked'"))
        .containsExactly("0");
    assertThat(explained())
        .contains("only CPU 1 was recorded: what ran on others", "only CPU 1 was recorded, busy")
        .contains("1 of " + sql(ONLINE).getFirst() + " CPUs");
  }

  @Test
  void recordsThatDoNotTellTheirCpuAreOfNoneMore() throws IOException, InterruptedException {
    record("--switch-events", "-e", "cpu-clock");
    Run report = Run.of("report", "cpu-process", file);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.stderr())
        .contains("cannot answer", "--sample-cpu")
        .doesNotContain("known here");
    assertThat(explained()).contains("--sample-cpu").doesNotContain("known here");
    assertThat(
            sql(
                "SELECT count(*) FROM recording r, recording online WHERE r.name = 'cpus'"
                    + " AND online.name = 'cpus_online'"
                    + " AND r.value::INT > online.value::INT"))
        .containsExactly("0");
  }

  /// Records the work.
  ///
  /// @return CPU time of the work in nanoseconds
  private double record(String... options) throws IOException, InterruptedException {
    Path times = folder.resolve("times");
    List<String> command = new ArrayList<>(List.of(PERF.toString(), "record", "-m", "1024"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", file, "--", "sh", "-c", WORK, times.toString()));
    Process perf =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("perf.out").toFile())
            .start();
    try {
      assertThat(perf.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      perf.destroyForcibly();
    }
    String said = Files.readString(folder.resolve("perf.out"));
    Assumptions.assumeTrue(perf.exitValue() == 0, "skipped: perf cannot record: " + said);
    Assumptions.assumeFalse(said.contains("lost"), "skipped: perf lost events");
    Matcher matcher = TIMES.matcher(Files.readString(times));
    double sumNs = 0;
    while (matcher.find()) {
      sumNs += (Double.parseDouble(matcher.group(1)) * 60 + Double.parseDouble(matcher.group(2)));
    }
    return sumNs * 1e9;
  }

  private void assertNobodyElseRan() {
    assertThat(
            sql(
                "SELECT DISTINCT t.name FROM sched_slice JOIN thread t USING (utid)"
                    + " WHERE t.name NOT IN ('sh', 'sleep', 'perf', 'perf-exec')"))
        .isEmpty();
  }

  /// In one line.
  private String explained() {
    Run run = Run.of("explain", file);
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return run.stdout().replaceAll("\\s+", " ");
  }

  /// The kernel leaves out a context switch now and then.
  private double unknownNs() {
    return number("SELECT coalesce(sum(dur), 0) FROM thread_state WHERE state = 'unknown'");
  }

  private double number(String query) {
    return Double.parseDouble(sql(query).getFirst());
  }

  private List<String> sql(String query) {
    Run run = Run.of("sql", file, query, "--format", "csv");
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return run.stdout().lines().skip(1).toList();
  }
}
