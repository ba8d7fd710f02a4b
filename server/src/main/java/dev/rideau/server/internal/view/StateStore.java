package dev.rideau.server.internal.view;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The states of all rows, one row behind the other.
///
/// State `i` holds from `beginNs(i)` to `beginNs(i + 1)`; value 0 stands for nothing. Written by
/// one thread, then only read, by any.
final class StateStore {
  private static final int CHUNK_BITS = 18;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK - 1;

  private final MappedFile file;
  private MemorySegment[] times = new MemorySegment[0];
  private MemorySegment[] values = new MemorySegment[0];
  private long size;

  StateStore(MappedFile file) {
    this.file = file;
  }

  long size() {
    return size;
  }

  void add(long beginNs, int value) throws IOException {
    int chunk = (int) (size >>> CHUNK_BITS);
    if (chunk == times.length) {
      times = Arrays.copyOf(times, chunk + 1);
      values = Arrays.copyOf(values, chunk + 1);
      times[chunk] = file.grow((long) CHUNK * Long.BYTES);
      values[chunk] = file.grow((long) CHUNK * Integer.BYTES);
    }
    long at = size & CHUNK_MASK;
    times[chunk].setAtIndex(ValueLayout.JAVA_LONG, at, beginNs);
    values[chunk].setAtIndex(ValueLayout.JAVA_INT, at, value);
    size++;
  }

  long beginNs(long index) {
    return times[(int) (index >>> CHUNK_BITS)].getAtIndex(
        ValueLayout.JAVA_LONG, index & CHUNK_MASK);
  }

  int value(long index) {
    return values[(int) (index >>> CHUNK_BITS)].getAtIndex(
        ValueLayout.JAVA_INT, index & CHUNK_MASK);
  }

  /// The last of the states `[from, to)` that begins at or before a time; `from - 1` when none
  /// does.
  long find(long from, long to, long ns) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (beginNs(middle) <= ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
