package dev.rideau.perf.internal.decode;

import dev.rideau.perf.internal.decode.SampleFormat.Part;
import java.util.Arrays;

/// Where the records of one class in a block are; what fillers work from. Owned by a cursor.
final class Rows {
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

  /// Offsets of parts with a length of their own; by [Part#ordinal()], then by row. Empty for kinds
  /// that are no samples.
  final int[][] parts;

  Rows(boolean ofSamples) {
    parts = new int[ofSamples ? Part.COUNT : 0][ofSamples ? 64 : 0];
  }

  int add(int start, int end, int tid, long clockValue) {
    if (count == starts.length) {
      int capacity = count * 2;
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      tids = Arrays.copyOf(tids, capacity);
      clockValues = Arrays.copyOf(clockValues, capacity);
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Arrays.copyOf(parts[i], capacity);
      }
    }
    starts[count] = start;
    ends[count] = end;
    tids[count] = tid;
    clockValues[count] = clockValue;
    return count++;
  }
}
