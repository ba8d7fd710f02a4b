package dev.rideau.ftrace.internal.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Integers in arrays of bytes.
public final class KernelBytes {
  private static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private KernelBytes() {}

  /// Two bytes, little endian.
  public static short shortLe(byte[] bytes, int at) {
    return (short) SHORT_LE.get(bytes, at);
  }

  /// Four bytes, little endian.
  public static int intLe(byte[] bytes, int at) {
    return (int) INT_LE.get(bytes, at);
  }

  /// Eight bytes, little endian.
  public static long longLe(byte[] bytes, int at) {
    return (long) LONG_LE.get(bytes, at);
  }

  /// Four bytes.
  ///
  /// @param swapped whether they are big endian
  public static int word(byte[] bytes, int at, boolean swapped) {
    int word = (int) INT_LE.get(bytes, at);
    return swapped ? Integer.reverseBytes(word) : word;
  }

  /// An integer of 1, 2, 4 or 8 bytes.
  public static long integer(byte[] bytes, int at, int size, boolean signed, boolean swapped) {
    return switch (size) {
      case 8 -> {
        long value = (long) LONG_LE.get(bytes, at);
        yield swapped ? Long.reverseBytes(value) : value;
      }
      case 4 -> {
        int value = word(bytes, at, swapped);
        yield signed ? value : value & 0xFFFF_FFFFL;
      }
      case 2 -> {
        short little = (short) SHORT_LE.get(bytes, at);
        short value = swapped ? Short.reverseBytes(little) : little;
        yield signed ? value : value & 0xFFFF;
      }
      default -> signed ? bytes[at] : bytes[at] & 0xFF;
    };
  }

  /// Bytes before the first zero, at most `most`.
  public static int textLength(byte[] bytes, int at, int most) {
    int length = 0;
    while (length < most && bytes[at + length] != 0) {
      length++;
    }
    return length;
  }
}
