package dev.rideau.perf.internal.decode;

import dev.rideau.perf.internal.decode.SampleFormat.Part;
import java.util.Arrays;

/// Where the records of one class in a block are; what fillers work from. Owned by a cursor.
final class Rows {
  private static final int[] NOTHING = new int[0];

  /// The window that all offsets are in.
  byte[] bytes = new byte[0];

  int count;

  /// First byte of each record's header.
  int[] starts = new int[64];

  /// Byte behind each record's body, the trailer left out.
  int[] ends = new int[64];

  /// Where pid and tid of each record are, or [SampleFormat#NONE].
  int[] tids = new int[64];

  long[] clockValues = new long[64];

  /// Offsets of parts with a length of their own; by [Part#ordinal()], then by row. Empty where
  /// samples have no such part.
  final int[][] parts = new int[Part.COUNT][];

  /// @param present ordinals of the parts that records have
  Rows(int[] present) {
    Arrays.fill(parts, NOTHING);
    for (int part : present) {
      parts[part] = new int[64];
    }
  }

  int add(int start, int end, int tid, long clockValue) {
    if (count == starts.length) {
      int capacity = count * 2;
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      tids = Arrays.copyOf(tids, capacity);
      clockValues = Arrays.copyOf(clockValues, capacity);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = parts[i].length == 0 ? NOTHING : Arrays.copyOf(parts[i], capacity);
      }
    }
    starts[count] = start;
    ends[count] = end;
    tids[count] = tid;
    clockValues[count] = clockValue;
    return count++;
  }
}
