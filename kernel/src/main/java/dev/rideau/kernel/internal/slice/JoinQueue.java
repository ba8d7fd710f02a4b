package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.internal.track.BatchPool;
import dev.rideau.kernel.internal.track.Joiner;
import dev.rideau.kernel.internal.track.RowFinisher;
import dev.rideau.kernel.internal.track.SliceState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Slices between tracking, join and sink. Workers give slices in any order; whichever comes when
/// the next one in order is there joins it, and all of them finish the rows of joined slices.
///
/// Only as many slices as were agreed are out of the pool at a time, except that the range whose
/// turn it is always gets one: else nothing would go on. Who has to wait for one finishes rows of
/// joined slices meanwhile.
final class JoinQueue implements RangeReader.Slices {
  private final Joiner joiner;
  private final RowFinisher finisher;
  private final FactSink sink;
  private final BatchPool pool;
  private final Supplier<SliceState> newSlices;
  private final int mostSlices;
  private final List<Deque<SliceState>> tracked = new ArrayList<>();
  private final boolean[] isDone;
  private final Deque<SliceState> joined = new ArrayDeque<>();
  private final Deque<SliceState> free = new ArrayDeque<>();
  private final ReentrantLock joining = new ReentrantLock();
  private int turn;
  private int inUse;
  private volatile @Nullable Throwable failure;

  JoinQueue(
      int ranges,
      int mostSlices,
      Joiner joiner,
      RowFinisher finisher,
      BatchPool pool,
      FactSink sink,
      Supplier<SliceState> newSlices) {
    this.mostSlices = mostSlices;
    this.joiner = joiner;
    this.finisher = finisher;
    this.pool = pool;
    this.sink = sink;
    this.newSlices = newSlices;
    isDone = new boolean[ranges];
    for (int i = 0; i < ranges; i++) {
      tracked.add(new ArrayDeque<>());
    }
  }

  @Override
  public SliceState take(TimeRange range) throws InterruptedException {
    while (true) {
      SliceState unfinished;
      synchronized (this) {
        throwFailure();
        if (inUse < mostSlices || turn == range.index()) {
          inUse++;
          SliceState known = free.poll();
          if (known != null) {
            return known;
          }
          break;
        }
        unfinished = joined.poll();
        if (unfinished == null) {
          wait();
          continue;
        }
      }
      finish(unfinished);
    }
    return newSlices.get();
  }

  @Override
  public void give(TimeRange range, SliceState slice) {
    synchronized (this) {
      tracked.get(range.index()).add(slice);
    }
    goOn();
  }

  @Override
  public void check() throws InterruptedException {
    if (failure != null) {
      throwFailure();
    }
    Interrupts.check();
  }

  /// All slices of a range were given.
  void end(TimeRange range) {
    synchronized (this) {
      isDone[range.index()] = true;
      notifyAll();
    }
    goOn();
  }

  /// A worker failed: all stop.
  synchronized void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
    notifyAll();
  }

  synchronized boolean hasFailed() {
    return failure != null;
  }

  /// Throws what a worker threw.
  synchronized void throwFailure() throws InterruptedException {
    switch (failure) {
      case null -> {}
      case InterruptedException _ -> throw new InterruptedException();
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable thrown -> throw new IllegalStateException(thrown);
    }
  }

  /// Joins what can be joined unless somebody does, and finishes what was joined.
  private void goOn() {
    while (hasNext() && joining.tryLock()) {
      try {
        for (SliceState next = next(); next != null; next = next()) {
          accept(joiner.join(next));
          synchronized (this) {
            joined.add(next);
            notifyAll();
          }
        }
      } finally {
        joining.unlock();
      }
    }
    for (SliceState slice = nextJoined(); slice != null; slice = nextJoined()) {
      finish(slice);
    }
  }

  private synchronized @Nullable SliceState nextJoined() {
    return joined.poll();
  }

  private synchronized boolean hasNext() {
    while (turn < tracked.size() && tracked.get(turn).isEmpty() && isDone[turn]) {
      turn++;
      notifyAll();
    }
    return turn < tracked.size() && !tracked.get(turn).isEmpty();
  }

  private synchronized @Nullable SliceState next() {
    return hasNext() ? tracked.get(turn).poll() : null;
  }

  private void finish(SliceState slice) {
    for (FactBatch batch : slice.batches()) {
      finisher.finish(batch, slice.resolution());
    }
    accept(slice.batches());
    slice.clear();
    synchronized (this) {
      free.add(slice);
      inUse--;
      notifyAll();
    }
  }

  /// Hands finished rows to the sink.
  void accept(List<FactBatch> batches) {
    for (FactBatch batch : batches) {
      if (batch.size() > 0) {
        sink.accept(batch);
      }
      pool.give(batch);
    }
  }
}
