package dev.rideau.tables.internal.parquet;

/// Whole numbers as differences to the number before (DELTA_BINARY_PACKED): times, which ascend,
/// and ids and sizes, which need few bits. Owned by one thread at a time.
final class DeltaPacker {
  private static final int BLOCK = 128;
  private static final int PARTS = 4;
  private static final int PART = BLOCK / PARTS;
  private static final long INT_BITS = 0xffff_ffffL;

  private final long[] deltas = new long[BLOCK];
  private long least;
  private long most;

  /// Smallest number of the last call.
  long least() {
    return least;
  }

  /// Largest number of the last call.
  long most() {
    return most;
  }

  /// Adds at least one number.
  ///
  /// @param isInt whether they have 32 bits
  void pack(Bytes out, long[] values, int first, int count, boolean isInt) {
    out.putVarint(BLOCK);
    out.putVarint(PARTS);
    out.putVarint(count);
    long before = values[first];
    out.putZigzag(before);
    least = before;
    most = before;
    int end = first + count;
    for (int at = first + 1; at < end; at += BLOCK) {
      int rows = Math.min(BLOCK, end - at);
      packBlock(out, values, at, rows, isInt);
    }
  }

  private void packBlock(Bytes out, long[] values, int at, int rows, boolean isInt) {
    long[] into = deltas;
    long low = least;
    long high = most;
    long smallest = Long.MAX_VALUE;
    long before = values[at - 1];
    for (int i = 0; i < rows; i++) {
      long value = values[at + i];
      long delta = isInt ? (int) (value - before) : value - before;
      before = value;
      into[i] = delta;
      smallest = Math.min(smallest, delta);
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    least = low;
    most = high;
    out.putZigzag(smallest);
    int widthsAt = out.size();
    out.putInt(0);
    long mask = isInt ? INT_BITS : -1L;
    for (int part = 0; part * PART < rows; part++) {
      int from = part * PART;
      int to = Math.min(rows, from + PART);
      long bits = 0;
      for (int i = from; i < to; i++) {
        long rest = into[i] - smallest & mask;
        into[i] = rest;
        bits |= rest;
      }
      for (int i = to; i < from + PART; i++) {
        into[i] = 0;
      }
      int width = Long.SIZE - Long.numberOfLeadingZeros(bits);
      out.array()[widthsAt + part] = (byte) width;
      if (width > 0) {
        BitPacker.pack(out, into, from, PART, width);
      }
    }
  }
}
