package dev.rideau.server.internal.view;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// States of a row while records are read, in the order of time; in the heap.
final class Lane {
  private long[] begins = new long[16];
  private long[] ends = new long[16];
  private int[] values = new int[16];
  private int size;
  private String name;

  Lane(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void rename(String name) {
    this.name = name;
  }

  int size() {
    return size;
  }

  /// Adds a state, which ends the one before at the latest.
  ///
  /// @param restNs states of one value that are nearer to each other are one
  /// @return how many states more there are now: 1 or 0
  int add(long beginNs, long endNs, int value, long restNs) {
    if (size > 0) {
      int last = size - 1;
      if (values[last] == value && beginNs - ends[last] < restNs) {
        ends[last] = Math.max(ends[last], endNs);
        return 0;
      }
      ends[last] = Math.min(ends[last], Math.max(begins[last] + 1, beginNs));
    }
    if (size == begins.length) {
      int capacity = 2 * size;
      begins = Arrays.copyOf(begins, capacity);
      ends = Arrays.copyOf(ends, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    begins[size] = beginNs;
    ends[size] = endNs;
    values[size++] = value;
    return 1;
  }

  /// Joins states of one value that are near to each other; returns how many are left.
  int thin(long restNs) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept > 0 && values[kept - 1] == values[i] && begins[i] - ends[kept - 1] < restNs) {
        ends[kept - 1] = Math.max(ends[kept - 1], ends[i]);
      } else {
        begins[kept] = begins[i];
        ends[kept] = ends[i];
        values[kept++] = values[i];
      }
    }
    size = kept;
    return size;
  }

  /// Copies them to where they can be asked for; null when there are none.
  ///
  /// @param endNs where the last one ends at the latest
  @Nullable Track track(StateStore store, Meaning meaning, long endNs) throws IOException {
    TrackWriter writer = new TrackWriter(store, meaning);
    for (int i = 0; i < size; i++) {
      long end = Math.min(ends[i], Math.max(endNs, begins[i] + 1));
      writer.add(begins[i], end - begins[i], values[i]);
    }
    return writer.finish();
  }
}
