package dev.rideau.cli.internal.stat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordCountsTest {
  private static final Path EXAMPLE = SharedData.checkout().resolve("examples/cpuburn");
  private static final int ROUNDS = 50;

  @Test
  void allocatesNothingForARecord() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (OpenedTraces traces = Traces.open(List.of(EXAMPLE), _ -> {})) {
      DataStream stream = traces.dataStreams().getFirst();
      RecordCounts counts = new RecordCounts(traces.dataStreams());
      try (BlockCursor cursor =
          stream.cursor(0, stream.packets().size(), Projection.TIMESTAMPS, _ -> {})) {
        count(cursor, stream, counts);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
          count(cursor, stream, counts);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        long records = counts.records(0) / (ROUNDS + 1) * ROUNDS;
        assertThat(records).isEqualTo(ROUNDS * 6_851L);
        // A round may allocate to start anew, a record may not.
        assertThat(allocated / ROUNDS).as("bytes a round").isLessThan(4096);
      }
    }
  }

  private static void count(BlockCursor cursor, DataStream stream, RecordCounts counts) {
    cursor.restart(0, stream.packets().size());
    for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
      counts.count(0, block);
    }
  }
}
