package dev.rideau.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Orders the blocks of many data streams by time, in runs and not one record at a time.
///
/// The order is total: by timestamp, then by position of the source in the list given to the
/// constructor, then by position in the source. A source whose time goes back is not reordered: its
/// next thing counts as no earlier than the one before it.
///
/// ```
/// source 0:  10 20 30       runs:  source 0 [10 20], source 1 [20 25], source 0 [30], ...
/// source 1:  20 25 40
/// ```
///
/// Owned by one thread. A block is given back to its source (by asking for the next one) only after
/// its last run was consumed, that is with the call of [#advance()] after it.
public final class Merger<B extends TimedBlock> {
  private final List<? extends BlockSource<B>> sources;
  private final @Nullable TimedBlock[] blocks;
  private final int[] positions;

  /// Binary heap of the sources that have something left, earliest first.
  private final int[] heap;

  /// Timestamp of the next thing of each source, never before that of its last thing.
  private final long[] nextNs;

  private int heapSize;
  private int from;
  private int to;
  private boolean started;

  /// Makes a merger over these sources; nothing is asked of them yet.
  public Merger(List<? extends BlockSource<B>> sources) {
    this.sources = List.copyOf(sources);
    blocks = new TimedBlock[sources.size()];
    positions = new int[sources.size()];
    heap = new int[sources.size()];
    nextNs = new long[sources.size()];
  }

  /// Moves to the next run.
  ///
  /// @return false at the end of all sources
  public boolean advance() {
    if (heapSize > 0) {
      leaveRun();
    } else if (!started) {
      started = true;
      for (int source = 0; source < blocks.length; source++) {
        nextNs[source] = Long.MIN_VALUE;
        if (load(source)) {
          heap[heapSize] = source;
          siftUp(heapSize++);
        }
      }
    }
    if (heapSize == 0) {
      return false;
    }
    findRun();
    return true;
  }

  /// The source of the run.
  public int source() {
    return heap[0];
  }

  /// The block that the run lies in.
  @SuppressWarnings("unchecked")
  public B block() {
    TimedBlock block = blocks[heap[0]];
    if (block == null) {
      throw new IllegalStateException("no run: advance() was not called or returned false");
    }
    return (B) block;
  }

  /// First position of the run in the block.
  public int from() {
    return from;
  }

  /// Position behind the last of the run.
  public int to() {
    return to;
  }

  private void findRun() {
    int source = heap[0];
    TimedBlock block = block();
    long[] timestamps = block.timestampsNs();
    int end = block.size();
    from = positions[source];
    if (heapSize == 1) {
      to = end;
      return;
    }
    int rival = heapSize > 2 && isBefore(heap[2], heap[1]) ? heap[2] : heap[1];
    long limit = nextNs[rival];
    int position = from + 1;
    if (source < rival) {
      while (position < end && timestamps[position] <= limit) {
        position++;
      }
    } else {
      while (position < end && timestamps[position] < limit) {
        position++;
      }
    }
    to = position;
  }

  private void leaveRun() {
    int source = heap[0];
    TimedBlock block = block();
    boolean more;
    if (to < block.size()) {
      positions[source] = to;
      nextNs[source] = Math.max(nextNs[source], block.timestampsNs()[to]);
      more = true;
    } else {
      more = load(source);
    }
    if (!more) {
      heap[0] = heap[--heapSize];
    }
    if (heapSize > 0) {
      siftDown();
    }
  }

  private boolean load(int source) {
    B block = sources.get(source).next();
    blocks[source] = block;
    positions[source] = 0;
    if (block == null) {
      return false;
    }
    nextNs[source] = Math.max(nextNs[source], block.timestampsNs()[0]);
    return true;
  }

  private boolean isBefore(int a, int b) {
    return nextNs[a] < nextNs[b] || (nextNs[a] == nextNs[b] && a < b);
  }

  private void siftUp(int at) {
    int child = at;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (!isBefore(heap[child], heap[parent])) {
        return;
      }
      swap(child, parent);
      child = parent;
    }
  }

  private void siftDown() {
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= heapSize) {
        return;
      }
      if (child + 1 < heapSize && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[parent])) {
        return;
      }
      swap(child, parent);
      parent = child;
    }
  }

  private void swap(int a, int b) {
    int source = heap[a];
    heap[a] = heap[b];
    heap[b] = source;
  }
}
