package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decoding allocates for a cursor and for packets, never for records.
@Tag("slow")
final class DecoderAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int RECORDS = 50_000;

  @TempDir Path folder;

  @Test
  void recordsAllocateNothing() throws IOException {
    Recording recording =
        new Recording(ByteOrder.LITTLE_ENDIAN)
            .event(0, SampleBit.TID | SampleBit.TIME | SampleBit.CALLCHAIN, 1);
    for (int i = 1; i <= RECORDS; i++) {
      recording.record(
          9, 2, recording.body().u32(i % 7).u32(i % 7).u64(i).u64(3).u64(-512, i, i + 1));
    }
    try (OpenedTraces opened =
        Traces.open(List.of(recording.writeTo(folder)), List.of(new PerfTraceReader()), _ -> {})) {
      DataStream stream = opened.dataStreams().getFirst();
      int packets = stream.packets().size();
      try (BlockCursor cursor = stream.cursor(0, packets, Projection.ALL, _ -> {})) {
        assertThat(count(cursor)).isEqualTo(RECORDS);
        cursor.restart(0, packets);
        count(cursor);
        cursor.restart(0, packets);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        count(cursor);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes for %d records", RECORDS).isLessThan(RECORDS / 10);
      }
    }
  }

  private static int count(BlockCursor cursor) {
    int count = 0;
    for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
      count += block.size();
    }
    return count;
  }
}
