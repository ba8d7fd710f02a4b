package dev.rideau.kernel.internal.slice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.NameTable;
import dev.rideau.kernel.internal.track.BatchPool;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Coverage;
import dev.rideau.kernel.internal.track.Dumped;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.NameCache;
import dev.rideau.kernel.internal.track.Recordings;
import dev.rideau.kernel.internal.track.SliceState;
import dev.rideau.kernel.internal.track.Trackers;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Reading and tracking allocate per slice and per thread that is seen, not per record.
final class TrackingAllocationTest {
  private static final int WARM_RUNS = 5;

  @Test
  void allocatesNothingPerRecord() throws InterruptedException {
    Path example = SharedData.checkout().resolve("examples/cpuburn");
    try (OpenedTraces traces = Traces.open(List.of(example), _ -> {})) {
      KernelStreams streams = new KernelStreams(traces.dataStreams());
      BatchPool pool = new BatchPool(new NameTable());
      Core.Recorded recorded =
          new Core.Recorded(
              streams.recorded(),
              streams.recorded(),
              Recordings.since(0),
              Gaps.NO_GAPS,
              Coverage.whole(),
              new Dumped());
      Core core =
          new Core(
              recorded, Set.copyOf(FactTables.ALL), pool, new NameCache(new NameTable()), false);
      Trackers trackers = new Trackers(core, null, false);
      Recycled slices = new Recycled(new SliceState(core), pool);
      try (RangeReader reader =
          new RangeReader(
              core,
              trackers,
              readers(streams, trackers),
              slices,
              Integer.MAX_VALUE,
              true,
              Map.of())) {
        TimeRange all = new TimeRange(0, Long.MIN_VALUE, Long.MAX_VALUE);
        for (int i = 0; i < WARM_RUNS; i++) {
          reader.read(all);
        }
        long records = records(reader) / WARM_RUNS;
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = bean.getCurrentThreadAllocatedBytes();
        reader.read(all);
        long bytes = bean.getCurrentThreadAllocatedBytes() - before;
        assertThat(records).isGreaterThan(20_000);
        assertThat(bytes).as("bytes for %d records", records).isLessThan(records);
      }
    }
  }

  private static List<StreamReader> readers(KernelStreams streams, Trackers trackers) {
    List<StreamReader> readers = new ArrayList<>();
    for (DataStream stream : streams.tracked()) {
      FieldProjection projection =
          new FieldProjection(
              trackers.handlers(),
              KernelStreams.layout(stream.trace()),
              streams.uses(stream),
              true);
      readers.add(
          new StreamReader(
              stream, streams, trackers.handlers(), projection, false, true, _ -> {}, _ -> {}));
    }
    return readers;
  }

  private static long records(RangeReader reader) {
    long sum = 0;
    for (StreamReader each : reader.readers()) {
      for (long count : each.counts()) {
        sum += count;
      }
    }
    return sum;
  }

  /// One slice that is emptied whenever it is done.
  private record Recycled(SliceState slice, BatchPool pool) implements RangeReader.Slices {
    @Override
    public SliceState take(TimeRange range) {
      return slice;
    }

    @Override
    public void give(TimeRange range, SliceState given) {
      given.batches().forEach(pool::give);
      given.clear();
    }

    @Override
    public void check() {}
  }
}
