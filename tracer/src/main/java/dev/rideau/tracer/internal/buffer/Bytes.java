package dev.rideau.tracer.internal.buffer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Little-endian stores and loads, and the atomic ones that the ring buffer needs. Everything in
/// traces and buffer files is little-endian, on every machine.
public final class Bytes {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfChar CHAR =
      ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle ATOMIC_LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle ATOMIC_INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle ATOMIC_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private Bytes() {}

  /// Stores 8 bits.
  public static void put(MemorySegment memory, long offset, byte value) {
    memory.set(JAVA_BYTE, offset, value);
  }

  /// Stores 8 bits, 0 or 1.
  public static void put(MemorySegment memory, long offset, boolean value) {
    memory.set(JAVA_BYTE, offset, (byte) (value ? 1 : 0));
  }

  /// Stores 16 bits.
  public static void put(MemorySegment memory, long offset, short value) {
    memory.set(SHORT, offset, value);
  }

  /// Stores 16 bits.
  public static void put(MemorySegment memory, long offset, char value) {
    memory.set(CHAR, offset, value);
  }

  /// Stores 32 bits.
  public static void put(MemorySegment memory, long offset, int value) {
    memory.set(INT, offset, value);
  }

  /// Stores 64 bits.
  public static void put(MemorySegment memory, long offset, long value) {
    memory.set(LONG, offset, value);
  }

  /// Stores 32 bits.
  public static void put(MemorySegment memory, long offset, float value) {
    memory.set(INT, offset, Float.floatToRawIntBits(value));
  }

  /// Stores 64 bits.
  public static void put(MemorySegment memory, long offset, double value) {
    memory.set(LONG, offset, Double.doubleToRawLongBits(value));
  }

  static long getLong(MemorySegment memory, long offset) {
    return memory.get(LONG, offset);
  }

  static int getInt(MemorySegment memory, long offset) {
    return memory.get(INT, offset);
  }

  static int getByte(MemorySegment memory, long offset) {
    return memory.get(JAVA_BYTE, offset) & 0xFF;
  }

  static long getVolatile(MemorySegment memory, long offset) {
    return (long) ATOMIC_LONG.getVolatile(memory, offset);
  }

  static long getAcquire(MemorySegment memory, long offset) {
    return (long) ATOMIC_LONG.getAcquire(memory, offset);
  }

  static void setRelease(MemorySegment memory, long offset, long value) {
    ATOMIC_LONG.setRelease(memory, offset, value);
  }

  static boolean compareAndSet(MemorySegment memory, long offset, long expected, long value) {
    return ATOMIC_LONG.compareAndSet(memory, offset, expected, value);
  }

  static void add(MemorySegment memory, long offset, long value) {
    long before = (long) ATOMIC_LONG.getAndAdd(memory, offset, value);
    assert before >= 0;
  }

  static int getIntVolatile(MemorySegment memory, long offset) {
    return (int) ATOMIC_INT.getVolatile(memory, offset);
  }

  static boolean compareAndSet(MemorySegment memory, long offset, int expected, int value) {
    return ATOMIC_INT.compareAndSet(memory, offset, expected, value);
  }

  static void setRelease(MemorySegment memory, long offset, short value) {
    ATOMIC_SHORT.setRelease(memory, offset, value);
  }

  static short getShortAcquire(MemorySegment memory, long offset) {
    return (short) ATOMIC_SHORT.getAcquire(memory, offset);
  }
}
