package dev.rideau.tracer.internal.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The numbers that all writers of a buffer change with each record: the reserve position, and a
/// commit count for each slot, in cells of one array.
///
/// They lie on the heap and not in the mapped file, where each access is checked against the ends
/// and the life of the mapping; recovery after a kill finds committed records by their marks. No
/// two of them share a cache line or a pair of lines that processors fetch together.
final class Counters {
  private static final VarHandle CELLS =
      MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();
  private static final int STRIDE = 128 / Long.BYTES;
  private static final int RESERVE = STRIDE;
  private static final int RESERVED_BY = RESERVE + 1;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int COMMITS = 2 * STRIDE;

  private Counters() {}

  static long[] cells(int slots) {
    return new long[COMMITS + slots * STRIDE];
  }

  static long reserve(long[] cells) {
    return (long) CELLS.getVolatile(cells, RESERVE);
  }

  static void setReserve(long[] cells, long position) {
    CELLS.setRelease(cells, RESERVE, position);
  }

  static boolean reserve(long[] cells, long expected, long position) {
    return CELLS.compareAndSet(cells, RESERVE, expected, position);
  }

  /// Notes that a thread has moved the reserve position to where it is; not ordered with anything.
  static void reservedBy(long[] cells, long position, long thread) {
    cells[RESERVED_BY] = position * SPREAD + thread;
  }

  /// Whether it was this very thread that moved the reserve position there; false when in doubt.
  ///
  /// The note belongs to a position, and threads see their own: one that comes too late, or is
  /// overtaken, is that of another position.
  static boolean isReservedBy(long[] cells, long position, long thread) {
    return cells[RESERVED_BY] == position * SPREAD + thread;
  }

  static long committed(long[] cells, int slot) {
    return (long) CELLS.getAcquire(cells, COMMITS + slot * STRIDE);
  }

  static void commit(long[] cells, int slot, long bytes) {
    long before = (long) CELLS.getAndAdd(cells, COMMITS + slot * STRIDE, bytes);
    assert before >= 0;
  }
}
