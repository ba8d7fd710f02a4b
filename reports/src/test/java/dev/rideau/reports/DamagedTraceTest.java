package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.testing.SharedData;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where bytes inside a packet are damaged, what ran is not known until the packet's end.
@Tag("slow")
final class DamagedTraceTest {
  private static final int DAMAGED_AT = 300_001;
  private static final int DAMAGED_BYTES = 64;

  @Test
  void theRestOfAPacketIsLost(@TempDir Path folder) throws IOException {
    Path original = SharedData.require("data/lttng-kernel/net");
    Path copy = folder.resolve("net");
    TestFolders.copy(original, copy);
    Path stream = copy.resolve("kernel/kchan_0");
    byte[] bytes = Files.readAllBytes(stream);
    Arrays.fill(bytes, DAMAGED_AT, DAMAGED_AT + DAMAGED_BYTES, (byte) 0xb7);
    Files.write(stream, bytes);
    long whole;
    try (TraceDatabase database = open(original)) {
      assertThat(new ReportRunner(FactSource.of(database)).faults()).isEmpty();
      whole = ran(database);
    }
    try (TraceDatabase database = open(copy)) {
      assertThat(new ReportRunner(FactSource.of(database)).faults())
          .extracting(Diagnostic::rule)
          .isNotEmpty();
      assertThat(
              number(
                  database,
                  "SELECT count(*) FROM loss WHERE kind = 'damaged' AND cpu = 0 AND dur > 0"))
          .isEqualTo(1);
      // What ran last before the damage does not go on to the end of the recording.
      assertThat(ran(database)).isLessThanOrEqualTo(whole);
    }
  }

  @Test
  void aClockAtItsLimitHasNoLength() {
    Path trace = SharedData.require("data/ctf-traces/funky_trace");
    try (TraceDatabase database = open(trace)) {
      ReportRunner runner = new ReportRunner(FactSource.of(database));
      assertThat(runner.recording().durationNs()).isZero();
      assertThat(runner.faults()).extracting(Diagnostic::rule).containsExactly("clock-overflow");
    }
  }

  private static TraceDatabase open(Path trace) {
    return TraceDatabase.open(
        List.of(trace), List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {}));
  }

  private static long ran(TraceDatabase database) {
    return number(
        database,
        "SELECT sum(dur) FROM sched_slice JOIN thread USING (utid) WHERE cpu = 0 AND NOT is_idle");
  }

  private static long number(TraceDatabase database, String sql) {
    try (Rows rows = database.query(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.longAt(0);
    }
  }
}
