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

  static long committed(long[] cells, int slot) {
    return (long) CELLS.getAcquire(cells, COMMITS + slot * STRIDE);
  }

  static void commit(long[] cells, int slot, long bytes) {
    long before = (long) CELLS.getAndAdd(cells, COMMITS + slot * STRIDE, bytes);
    assert before >= 0;
  }
}
