package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.SliceState;
import dev.rideau.kernel.internal.track.Trackers;
import dev.rideau.trace.Merger;
import dev.rideau.trace.RecordBlock;
import java.util.List;
import java.util.Map;

/// Reads ranges of time and tracks them. One for each worker.
final class RangeReader implements AutoCloseable {
  /// Where slices come from and go to.
  interface Slices {
    /// An empty slice for a range.
    SliceState take(TimeRange range) throws InterruptedException;

    /// A slice is done.
    void give(TimeRange range, SliceState slice);

    /// Ends who reads for nothing: somebody else failed, or it is interrupted. Asked often.
    void check() throws InterruptedException;
  }

  private final Core core;
  private final Trackers trackers;
  private final List<Gaps.Gap> gaps;
  private final List<StreamReader> readers;
  private final Slices slices;
  private final int sliceRecords;
  private final boolean hasSwitches;
  private final Map<Integer, Long> runningAtBegin;
  private final Seen seen = new Seen();
  private long lastNs = Long.MIN_VALUE;

  /// Time of the record before.
  private long now;

  /// The next gap to tell, and its time.
  private int nextGap;

  private long nextGapNs;

  /// @param hasSwitches whether context switches are recorded
  /// @param runningAtBegin tids of the threads that run when the recording begins, by CPU
  RangeReader(
      Core core,
      Trackers trackers,
      List<StreamReader> readers,
      Slices slices,
      int sliceRecords,
      boolean hasSwitches,
      Map<Integer, Long> runningAtBegin) {
    this.core = core;
    this.trackers = trackers;
    gaps = core.gaps().all();
    this.readers = readers;
    this.slices = slices;
    this.sliceRecords = sliceRecords;
    this.hasSwitches = hasSwitches;
    this.runningAtBegin = runningAtBegin;
  }

  /// Reads a range.
  void read(TimeRange range) throws InterruptedException {
    lookBack(range.fromNs());
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
      slices.check();
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

  /// Finds who was seen last on each CPU before the range.
  private void lookBack(long fromNs) {
    seen.clear();
    runningAtBegin.forEach((cpu, tid) -> seen.see(cpu, tid.intValue(), core.beginNs()));
    if (!hasSwitches) {
      return;
    }
    for (StreamReader reader : readers) {
      reader.lookBack(fromNs, seen);
    }
    for (Gaps.Gap gap : gaps) {
      if (gap.ts() < fromNs
          && (gap.kinds() & Gaps.SWITCHES) != 0
          && gap.ts() >= seen.ts(gap.cpu())) {
        seen.forget(gap.cpu());
      }
    }
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
      if ((gap.kinds() & Gaps.SWITCHES) != 0) {
        seen.forget(gap.cpu());
      }
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
      OwnThread threads = reader.ownThread(eventClass);
      if (threads == null || !threads.tells(rows[i])) {
        handler.handle(rows[i], ts, cpu);
      } else if (hasSwitches) {
        handleOfRunning(handler, threads, rows[i], ts, cpu);
      } else {
        handleOfAny(handler, threads.before(rows[i]), rows[i], ts, cpu);
      }
    }
    now = last;
    lastNs = Math.max(lastNs, last);
    return true;
  }

  /// A record of a thread that may not be the one that context switches told of.
  private void handleOfRunning(
      RecordHandler handler, OwnThread threads, int row, long ts, int cpu) {
    int tid = threads.before(row);
    if (tid != seen.tid(cpu)) {
      if (threads.comes(row)) {
        trackers.comes(tid, ts, cpu, seen.tid(cpu), seen.ts(cpu));
      } else {
        trackers.appears(tid, ts, cpu, seen.tid(cpu), seen.ts(cpu));
      }
    }
    handler.handle(row, ts, cpu);
    seen.see(cpu, threads.after(row), ts);
  }

  /// A record of a thread where no context switches are recorded: who runs is known at records
  /// only.
  private void handleOfAny(RecordHandler handler, int tid, int row, long ts, int cpu) {
    int unknown = core.cpus().enter(cpu, core.threads().of(tid, cpu, ts));
    handler.handle(row, ts, cpu);
    int nobodys = core.cpus().leave(cpu, unknown);
    if (nobodys >= 0) {
      trackers.lostBody(nobodys, ts, cpu);
    }
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
