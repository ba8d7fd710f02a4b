package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.SliceState;
import dev.rideau.kernel.internal.track.Trackers;
import dev.rideau.trace.Merger;
import dev.rideau.trace.RecordBlock;
import java.util.List;

/// Reads ranges of time and tracks them. One for each worker.
final class RangeReader implements AutoCloseable {
  /// Where slices come from and go to.
  interface Slices {
    /// An empty slice for a range.
    SliceState take(TimeRange range) throws InterruptedException;

    /// A slice is done.
    void give(TimeRange range, SliceState slice);
  }

  private final Core core;
  private final Trackers trackers;
  private final List<Gaps.Gap> gaps;
  private final List<StreamReader> readers;
  private final Slices slices;
  private final int sliceRecords;
  private long lastNs = Long.MIN_VALUE;

  /// Time of the record before.
  private long now;

  /// The next gap to tell, and its time.
  private int nextGap;

  private long nextGapNs;

  RangeReader(
      Core core, Trackers trackers, List<StreamReader> readers, Slices slices, int sliceRecords) {
    this.core = core;
    this.trackers = trackers;
    gaps = core.gaps().all();
    this.readers = readers;
    this.slices = slices;
    this.sliceRecords = sliceRecords;
  }

  /// Reads a range.
  void read(TimeRange range) throws InterruptedException {
    for (StreamReader reader : readers) {
      reader.start(range);
    }
    Merger<RecordBlock> merger = new Merger<>(readers);
    SliceState slice = slices.take(range);
    core.begin(slice);
    int left = sliceRecords;
    now = range.fromNs();
    boolean isInside = range.fromNs() == Long.MIN_VALUE;
    startGaps(range.fromNs());
    while (merger.advance()) {
      StreamReader reader = readers.get(merger.source());
      RecordBlock block = merger.block();
      int at = merger.from();
      int end = merger.to();
      if (!isInside) {
        long[] timestamps = block.timestampsNs();
        while (at < end && timestamps[at] < range.fromNs()) {
          at++;
        }
        if (at == end) {
          continue;
        }
        // What comes from now on is later, even where its clock goes back.
        isInside = true;
      }
      if (!dispatch(reader, block, at, end, range.toNs())) {
        break;
      }
      left -= end - at;
      if (left <= 0) {
        core.flush();
        slices.give(range, slice);
        slice = slices.take(range);
        core.begin(slice);
        left = sliceRecords;
      }
    }
    tellGaps(range.toNs());
    core.flush();
    slices.give(range, slice);
  }

  private void startGaps(long fromNs) {
    nextGap = 0;
    while (nextGap < gaps.size() && gaps.get(nextGap).ts() < fromNs) {
      nextGap++;
    }
    nextGapNs = nextGap < gaps.size() ? gaps.get(nextGap).ts() : Long.MAX_VALUE;
  }

  /// Tells gaps that lie before `ts`.
  private void tellGaps(long ts) {
    while (nextGapNs < ts) {
      Gaps.Gap gap = gaps.get(nextGap);
      long at = Math.max(now, gap.ts());
      core.cpus().touch(gap.cpu(), at);
      trackers.lost(gap.kinds(), at, gap.cpu());
      now = at;
      nextGap++;
      nextGapNs = nextGap < gaps.size() ? gaps.get(nextGap).ts() : Long.MAX_VALUE;
    }
  }

  /// Passes records to their handlers.
  ///
  /// @return whether the range goes on
  private boolean dispatch(StreamReader reader, RecordBlock block, int from, int end, long toNs) {
    long[] timestamps = block.timestampsNs();
    int[] classes = block.eventClasses();
    int[] rows = block.rows();
    long[] counts = reader.counts();
    int cpu = reader.cpu();
    long last = now;
    for (int i = from; i < end; i++) {
      long ts = Math.max(last, timestamps[i]);
      if (ts >= toNs) {
        now = last;
        lastNs = i > from ? Math.max(lastNs, last) : lastNs;
        return false;
      }
      if (ts > nextGapNs) {
        tellGaps(ts);
      }
      if (i == from) {
        core.cpus().touch(cpu, ts);
      }
      last = ts;
      int eventClass = classes[i];
      counts[eventClass]++;
      RecordHandler handler = reader.handler(block, eventClass);
      handler.handle(rows[i], ts, cpu);
    }
    now = last;
    lastNs = Math.max(lastNs, last);
    return true;
  }

  List<StreamReader> readers() {
    return readers;
  }

  /// Time of the last record.
  long lastNs() {
    return lastNs;
  }

  @Override
  public void close() {
    readers.forEach(StreamReader::close);
  }
}
