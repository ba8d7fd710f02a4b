package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.buffer.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What generated serialisers call for enums and arrays.
public final class Values {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private Values() {}

  /// The value of a constant.
  public static int ordinal(@Nullable Enum<?> constant, int nullCode) {
    return constant == null ? nullCode : constant.ordinal();
  }

  /// Elements that are written.
  public static int count(byte @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, byte @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(array, 0, memory, ValueLayout.JAVA_BYTE, at, count);
    }
  }

  /// Elements that are written.
  public static int count(short @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, short @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(
          array, 0, memory, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER), at, count);
    }
  }

  /// Elements that are written.
  public static int count(char @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, char @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(
          array, 0, memory, ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ORDER), at, count);
    }
  }

  /// Elements that are written.
  public static int count(int @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, int @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(
          array, 0, memory, ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER), at, count);
    }
  }

  /// Elements that are written.
  public static int count(long @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, long @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(
          array, 0, memory, ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER), at, count);
    }
  }

  /// Elements that are written.
  public static int count(float @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, float @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(
          array, 0, memory, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER), at, count);
    }
  }

  /// Elements that are written.
  public static int count(double @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, double @Nullable [] array, int count) {
    if (array != null) {
      MemorySegment.copy(
          array, 0, memory, ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ORDER), at, count);
    }
  }

  /// Elements that are written.
  public static int count(boolean @Nullable [] array, int limit) {
    return array == null ? 0 : Math.min(array.length, limit);
  }

  /// Writes elements.
  public static void write(MemorySegment memory, long at, boolean @Nullable [] array, int count) {
    if (array != null) {
      for (int i = 0; i < count; i++) {
        Bytes.put(memory, at + i, array[i]);
      }
    }
  }
}
