package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports agree with what traced workloads and the traced kernel said of themselves.
@Tag("slow")
@NullUnmarked // a value that is missing fails the test, whatever throws
final class TruthTest {

  private static final List<String> REPORTS =
      List.of("cpu", "cpu-thread", "irq", "disk", "io-process", "net-device", "critical-path");

  /// Time of a thread on a CPU and in the queue of one: since its wakeup, or since it was
  /// preempted.
  private static final String RUN_AND_WAIT =
      """
      WITH woken AS (
        SELECT tid, ts FROM events('sched_wakeup') UNION ALL
        SELECT tid, ts FROM events('sched_wakeup_new')
      ), slices AS (
        SELECT t.tid, s.ts, s.dur, lag(s.end_state) OVER by_time AS before,
          lag(s.ts + s.dur) OVER by_time AS out_ts
        FROM sched_slice s JOIN thread t USING (utid) WHERE t.tid = $1
        WINDOW by_time AS (ORDER BY s.ts)
      )
      SELECT sum(s.dur + CASE WHEN before = 'R' THEN s.ts - out_ts
        WHEN w.ts >= coalesce(out_ts, 0) THEN s.ts - w.ts ELSE 0 END)::BIGINT
      FROM slices s ASOF LEFT JOIN woken w ON w.tid = s.tid AND w.ts <= s.ts
      """;

  private static final Map<String, Case> CASES = new HashMap<>();

  /// A trace of the shared data, opened once for all tests.
  private static final class Case {
    private final Truth truth;
    private final TraceDatabase database;
    private final ReportRunner runner;

    private Case(String name) throws IOException {
      Path trace = SharedData.require("data/lttng-kernel/" + name);
      truth = new Truth(trace);
      database =
          TraceDatabase.open(
              List.of(trace), List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {}));
      runner = new ReportRunner(FactSource.of(database));
      ReportCatalog catalog = ReportCatalog.bundled();
      runner.prepare(REPORTS.stream().map(catalog::named).toList());
    }

    private List<Map<String, @Nullable Object>> ask(
        String report, TimeRange range, Map<String, String> arguments) {
      Report asked = ReportCatalog.bundled().named(report);
      try (ReportResult result = runner.run(asked, arguments, range)) {
        return result.readAll().stream()
            .map(row -> {
              Map<String, @Nullable Object> named = new HashMap<>();
              for (int i = 0; i < row.length; i++) {
                named.put(asked.columns().get(i).name(), row[i]);
              }
              return named;
            })
            .toList();
      }
    }

    private long number(String sql, Object... parameters) {
      try (Rows rows = database.query(sql, parameters)) {
        assertThat(rows.next()).isTrue();
        return rows.longAt(0);
      }
    }
  }

  private static Case trace(String name) throws IOException {
    Case known = CASES.get(name);
    if (known == null) {
      known = new Case(name);
      CASES.put(name, known);
    }
    return known;
  }

  @AfterAll
  static void close() {
    CASES.values().forEach(each -> each.database.close());
  }

  // docs/cpu-time.md tells why the many short slices of dd differ more.
  @ParameterizedTest
  @ValueSource(strings = {"cpuburn-4cpu", "files", "disk", "net", "blocking"})
  void cpuTimeOfProcesses(String name) throws IOException {
    Case trace = trace(name);
    TimeRange all = trace.runner.recording();
    int compared = 0;
    for (Map.Entry<String, Map<String, String>> process : trace.truth.processes().entrySet()) {
      String ran = process.getValue().get("schedstat_leader_run_ns");
      if (ran == null || Long.parseLong(ran) < 300_000_000) {
        continue;
      }
      List<Map<String, @Nullable Object>> rows =
          trace.ask("cpu-thread", all, Map.of("tid", process.getValue().get("pid")));
      double percent = process.getKey().equals("dd-read") ? 12 : 2;
      assertThat(rows).as(process.getKey()).hasSize(1);
      assertThat(((Number) rows.getFirst().get("cpu_time")).doubleValue())
          .as(process.getKey())
          .isCloseTo(
              Double.parseDouble(ran), org.assertj.core.data.Percentage.withPercentage(percent));
      compared++;
    }
    assertThat(compared).isPositive();
  }

  // docs/cpu-time.md: run time of the kernel begins with the wakeup when it switches at once.
  @ParameterizedTest
  @ValueSource(strings = {"cpuburn-4cpu", "files", "disk", "net", "blocking"})
  void runAndWaitTimeOfProcesses(String name) throws IOException {
    Case trace = trace(name);
    int compared = 0;
    for (Map.Entry<String, Map<String, String>> process : trace.truth.processes().entrySet()) {
      Map<String, String> told = process.getValue();
      String ran = told.get("schedstat_leader_run_ns");
      if (ran == null || Long.parseLong(ran) < 5_000_000) {
        continue;
      }
      long waited = Long.parseLong(told.getOrDefault("schedstat_leader_runqueue_wait_ns", "0"));
      assertThat((double) trace.number(RUN_AND_WAIT, Long.parseLong(told.getOrDefault("pid", "0"))))
          .as(process.getKey())
          .isCloseTo(
              Long.parseLong(ran) + waited, org.assertj.core.data.Percentage.withPercentage(1));
      compared++;
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpuburn-4cpu", "files", "disk", "net", "blocking"})
  void forks(String name) throws IOException {
    Case trace = trace(name);
    TimeRange window = trace.truth.window();
    assertThat(
            trace.number(
                "SELECT count(*) FROM thread WHERE start_ts >= $1 AND start_ts < $2",
                window.beginNs(),
                window.endNs()))
        .isEqualTo(trace.truth.numbers("counters", "stat processes").get("delta"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpuburn-4cpu", "files", "disk", "net", "blocking"})
  void contextSwitches(String name) throws IOException {
    Case trace = trace(name);
    long switches =
        (long) trace.ask("cpu", trace.truth.window(), Map.of()).getFirst().get("switches");
    long told = trace.truth.numbers("counters", "stat ctxt").get("delta");
    assertThat(switches).isCloseTo(told, within(12L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpuburn-4cpu", "files", "disk", "net", "blocking"})
  void deviceInterrupts(String name) throws IOException {
    Case trace = trace(name);
    Map<String, Long> counted = new HashMap<>();
    for (Map<String, @Nullable Object> row : trace.ask("irq", trace.truth.window(), Map.of())) {
      counted.merge("interrupt " + row.get("irq"), (Long) row.get("count"), Long::sum);
    }
    int compared = 0;
    for (String entry : trace.truth.section("counters").keySet()) {
      if (entry.matches("interrupt [0-9]+")) {
        long told = trace.truth.numbers("counters", entry).get("total");
        assertThat(counted.getOrDefault(entry, 0L)).as(entry).isEqualTo(told);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "disk"})
  void sectorsOfDisks(String name) throws IOException {
    Case trace = trace(name);
    TimeRange window = trace.truth.window();
    Map<String, Map<String, @Nullable Object>> disks = new HashMap<>();
    trace
        .ask("disk", window, Map.of())
        .forEach(row -> disks.put(String.valueOf(row.get("disk")), row));
    int compared = 0;
    for (String entry : trace.truth.section("counters").keySet()) {
      if (!entry.startsWith("disk ")) {
        continue;
      }
      Map<String, Long> told = trace.truth.numbers("counters", entry);
      Map<String, @Nullable Object> row = disks.get(entry.split(" ")[1]);
      if (told.get("sectors_read") + told.get("sectors_written") > 0) {
        assertThat(row).as(entry).isNotNull();
        assertThat((Long) row.get("read")).as(entry).isEqualTo(told.get("sectors_read") * 512);
        assertThat((Long) row.get("written"))
            .as(entry)
            .isEqualTo(told.get("sectors_written") * 512);
        compared++;
      }
    }
    assertThat(compared).isPositive();
  }

  @Test
  void bytesOfFiles() throws IOException {
    Case trace = trace("files");
    for (String phase : List.of("create_write", "read")) {
      String section = phaseSection(trace.truth);
      Map<String, Long> told = trace.truth.numbers(section, "phase " + phase);
      TimeRange range =
          new TimeRange(
              trace.truth.traceNs(told.get("start_mono_ns")),
              trace.truth.traceNs(told.get("end_mono_ns")));
      String pid = trace.truth.section("process files").get("pid");
      List<Map<String, @Nullable Object>> rows = trace.ask("io-process", range, Map.of("tid", pid));
      assertThat(rows).as(phase).hasSize(1);
      assertThat(rows.getFirst().get(phase.equals("read") ? "file_read" : "file_written"))
          .as(phase)
          .isEqualTo(told.get("bytes"));
    }
  }

  private static String phaseSection(Truth truth) {
    return truth.section("files").isEmpty() ? filesSection(truth) : "files";
  }

  private static String filesSection(Truth truth) {
    return "files pid " + truth.number("process files", "pid") + " comm wl";
  }

  @Test
  void bytesOfLoopback() throws IOException {
    Case trace = trace("net");
    TimeRange window = trace.truth.window();
    Map<String, Long> told = trace.truth.numbers("counters", "net lo");
    for (Map<String, @Nullable Object> row : trace.ask("net-device", window, Map.of())) {
      if ("lo".equals(row.get("device"))) {
        assertThat(row.get("received_packets")).isEqualTo(told.get("rx_packets"));
        // The event counts the 14 bytes of the link's header as well, the kernel's counter does
        // not.
        assertThat((Long) row.get("sent"))
            .isEqualTo(told.get("tx_bytes") + 14 * told.get("tx_packets"));
        assertThat(row.get("received")).isEqualTo(told.get("rx_bytes"));
        return;
      }
    }
    assertThat(window).as("there is a device lo").isNull();
  }

  // One round of the relay is 50 ms of running in four processes and 30 ms of sleeping in one.
  @Test
  void criticalPathOfTheRelay() throws IOException {
    Case trace = trace("blocking");
    String section =
        trace.truth.section("relay").isEmpty() ? "relay pid 2421 comm relay-main" : "relay";
    Map<String, Long> round = trace.truth.numbers(section, "round 3 main");
    TimeRange range =
        new TimeRange(
            trace.truth.traceNs(round.get("sent_mono_ns")),
            trace.truth.traceNs(round.get("got_back_mono_ns")));
    Map<String, Long> byKind = new HashMap<>();
    long total = 0;
    for (Map<String, @Nullable Object> row :
        trace.ask("critical-path", range, Map.of("tid", "2421"))) {
      byKind.merge(String.valueOf(row.get("what")), (Long) row.get("dur"), Long::sum);
      byKind.merge(
          String.valueOf(row.get("thread")) + " " + row.get("what"),
          (Long) row.get("dur"),
          Long::sum);
      total += (Long) row.get("dur");
    }
    assertThat(total).isEqualTo(range.durationNs());
    assertThat(byKind.get("timer")).isBetween(30_000_000L, 31_000_000L);
    assertThat(byKind.get("relay-1 2422 running")).isBetween(10_000_000L, 11_000_000L);
    assertThat(byKind.get("relay-2 2423 running")).isBetween(20_000_000L, 21_000_000L);
    assertThat(byKind.get("relay-3 2424 running")).isBetween(5_000_000L, 6_000_000L);
    assertThat(byKind.get("relay-4 2425 running")).isBetween(15_000_000L, 16_000_000L);
  }
}
