package dev.rideau.tracer.internal.buffer;

import java.util.concurrent.TimeUnit;

/// How a stripe's buffer is cut and what happens when it is full.
///
/// @param subBufferBytes a power of two
/// @param subBufferCount a power of two, at least 2
/// @param overwrite whether the oldest sub-buffer is overwritten when all are full
/// @param waitNs how long a writer waits for room before the event is lost; 0: not at all
/// @param contextBytes bytes of contexts between a record's header and its payload
/// @param aligned whether records begin at multiples of 8 bytes
public record BufferGeometry(
    int subBufferBytes,
    int subBufferCount,
    boolean overwrite,
    long waitNs,
    int contextBytes,
    boolean aligned) {
  /// Least bytes of a sub-buffer.
  public static final int LEAST_BYTES = 4096;

  /// Most bytes of a sub-buffer.
  public static final int MOST_BYTES = 1 << 28;

  /// Most sub-buffers of a stripe.
  public static final int MOST_COUNT = 512;

  /// Most bytes of all sub-buffers of a stripe.
  public static final long MOST_TOTAL_BYTES = 1L << 31;

  /// For a writer that waits as long as it takes.
  public static final long FOREVER = TimeUnit.DAYS.toNanos(36_500);

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException saying which one is out of range
  public BufferGeometry {
    require(
        Integer.bitCount(subBufferBytes) == 1
            && subBufferBytes >= LEAST_BYTES
            && subBufferBytes <= MOST_BYTES,
        "bytes of a sub-buffer",
        subBufferBytes,
        "a power of two from " + LEAST_BYTES + " to " + MOST_BYTES);
    require(
        Integer.bitCount(subBufferCount) == 1
            && subBufferCount >= 2
            && subBufferCount <= MOST_COUNT,
        "number of sub-buffers",
        subBufferCount,
        "a power of two from 2 to " + MOST_COUNT);
    require(
        (long) subBufferBytes * subBufferCount <= MOST_TOTAL_BYTES,
        "bytes of a buffer",
        (long) subBufferBytes * subBufferCount,
        "at most " + MOST_TOTAL_BYTES);
  }

  private static void require(boolean holds, String what, long value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(what + " is " + value + ", but must be " + rule);
    }
  }

  /// Bytes of the ring.
  public long ringBytes() {
    return (long) subBufferBytes * subBufferCount;
  }

  /// Bytes of a buffer file.
  public long fileBytes() {
    return BufferDescriptor.dataOffset(subBufferCount, subBufferBytes) + ringBytes();
  }
}
