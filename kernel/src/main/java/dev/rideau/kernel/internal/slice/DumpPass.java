package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.NameTable;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.BatchPool;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Joiner;
import dev.rideau.kernel.internal.track.NameCache;
import dev.rideau.kernel.internal.track.RowFinisher;
import dev.rideau.kernel.internal.track.SliceState;
import dev.rideau.kernel.internal.track.Trackers;
import dev.rideau.kernel.schema.SyscallTables;
import dev.rideau.trace.DataStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Tracks the time up to the end of the first state dump once before all else: which descriptors
/// that the dump names were open since the begin is known only when all that was opened and closed
/// meanwhile is. Its rows are thrown away.
final class DumpPass implements RangeReader.Slices {
  private static final Set<FactTable> WANTED = Set.of(SyscallTables.FILE_DESCRIPTOR);

  private final Joiner joiner;
  private final BatchPool pool;
  private final SliceState slice;

  private DumpPass(Joiner joiner, BatchPool pool, SliceState slice) {
    this.joiner = joiner;
    this.pool = pool;
    this.slice = slice;
  }

  /// Whether rows of these tables tell names of descriptors.
  static boolean isWanted(Set<FactTable> wanted) {
    return wanted.contains(SyscallTables.IO) || wanted.contains(SyscallTables.FILE_DESCRIPTOR);
  }

  /// Fills [Core.Recorded#dumped].
  static void run(
      KernelStreams streams, Core.Recorded recorded, Prelude prelude, boolean isOldKernel)
      throws InterruptedException {
    NameTable names = new NameTable();
    BatchPool pool = new BatchPool(names);
    Core join = new Core(recorded, WANTED, pool, new NameCache(names), true);
    RecordedPart part = streams.recordedPart();
    People people = new People(prelude.hints(), part.tids(), part.withChildren());
    Trackers trackers = new Trackers(join, people, isOldKernel);
    Joiner joiner = new Joiner(join, trackers, people, new RowFinisher(names, false), 0);
    Extraction.begin(joiner, prelude, recorded);

    Core core = new Core(recorded, WANTED, pool, new NameCache(names), false);
    Trackers ofSlice = new Trackers(core, null, isOldKernel);
    List<StreamReader> readers = new ArrayList<>();
    for (DataStream stream : streams.tracked()) {
      FieldProjection fields =
          new FieldProjection(
              ofSlice.handlers(),
              KernelStreams.layout(stream.trace()),
              streams.uses(stream),
              prelude.hasOwnThreads());
      readers.add(
          new StreamReader(
              stream,
              streams,
              ofSlice.handlers(),
              fields,
              false,
              prelude.hasOwnThreads(),
              _ -> {},
              _ -> {}));
    }
    DumpPass slices = new DumpPass(joiner, pool, new SliceState(join));
    try (RangeReader reader =
        new RangeReader(
            core,
            ofSlice,
            readers,
            slices,
            SlicePlan.SLICE_RECORDS,
            prelude.hasSwitches(),
            Extraction.runningAtBegin(prelude, recorded))) {
      reader.read(new TimeRange(0, Long.MIN_VALUE, prelude.dumpEndNs() + 1));
    }
  }

  @Override
  public SliceState take(TimeRange range) {
    return slice;
  }

  @Override
  public void check() throws InterruptedException {
    Interrupts.check();
  }

  @Override
  public void give(TimeRange range, SliceState given) {
    joiner.join(given).forEach(pool::give);
    given.batches().forEach(pool::give);
    given.clear();
  }
}
