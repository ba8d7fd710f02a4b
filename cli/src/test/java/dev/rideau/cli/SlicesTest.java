package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In every trace a CPU runs one thread at a time and a thread runs on one CPU at a time: nobody
/// runs longer than the recording is.
@Tag("slow")
final class SlicesTest {
  private static final String WRONG =
      """
      WITH slices AS (
        SELECT s.*, t.is_idle FROM sched_slice s JOIN thread t USING (utid)
      ), span AS (
        SELECT end_ts - begin_ts AS ns FROM recording_span
      )
      SELECT 'two at a time on CPU ' || cpu, ts FROM slices
      QUALIFY ts < max(ts + dur) OVER (
        PARTITION BY host, cpu ORDER BY ts, dur ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      UNION ALL
      SELECT 'on two CPUs at a time: thread ' || utid, ts FROM slices WHERE NOT is_idle
      QUALIFY ts < max(ts + dur) OVER (
        PARTITION BY utid ORDER BY ts, dur ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      UNION ALL
      SELECT 'in two states at a time: thread ' || utid, ts FROM thread_state JOIN thread USING (utid)
      WHERE NOT is_idle
      QUALIFY ts < max(ts + dur) OVER (
        PARTITION BY utid ORDER BY ts, dur ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      UNION ALL
      SELECT 'longer than the recording: CPU ' || cpu, sum(dur)::BIGINT FROM slices GROUP BY host, cpu
      HAVING sum(dur) > (SELECT ns FROM span)
      UNION ALL
      SELECT 'longer than the recording: thread ' || utid, sum(dur)::BIGINT FROM slices
      WHERE NOT is_idle GROUP BY utid HAVING sum(dur) > (SELECT ns FROM span)
      LIMIT 20
      """;

  @Tag("shared")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lttng-kernel/blocking",
        "lttng-kernel/cpuburn-4cpu",
        "lttng-kernel/disk",
        "lttng-kernel/files",
        "lttng-kernel/flight",
        "lttng-kernel/net",
        "ctf-traces/bug446190",
        "ctf-traces/many-threads",
        "ctf-traces/perf-taskset2",
        "ctf-traces/synctraces",
        "babeltrace/traces/succeed/multi-domains"
      })
  void ofSharedTracesDoNotOverlap(String name) {
    assertThat(wrong(SharedData.require("data/" + name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "perf/src/test/resources/dev/rideau/perf/compressed.data",
        "perf/src/test/resources/dev/rideau/perf/events.data",
        "perf/src/test/resources/dev/rideau/perf/pipe.data",
        "perf/src/test/resources/dev/rideau/perf/tracepoints.data",
      })
  void ofRecordingsThatComeAlongDoNotOverlap(String name) {
    assertThat(wrong(SharedData.checkout().resolve(name))).isEmpty();
  }

  private static List<String> wrong(Path trace) {
    List<String> wrong = new ArrayList<>();
    DatabaseOptions options = DatabaseOptions.of(_ -> {});
    try (TraceDatabase database = TraceDatabase.open(List.of(trace), Readers.ALL, options);
        Rows rows = database.query(WRONG)) {
      while (rows.next()) {
        wrong.add(rows.textAt(0) + ": " + rows.longAt(1));
      }
    }
    return wrong;
  }
}
