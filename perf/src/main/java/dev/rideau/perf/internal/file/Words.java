package dev.rideau.perf.internal.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Integers in an array of bytes, in the byte order of the machine that recorded. Callers check
/// lengths.
public final class Words {
  /// Least significant byte first.
  public static final Words LITTLE_ENDIAN = new Words(false);

  /// Most significant byte first.
  public static final Words BIG_ENDIAN = new Words(true);

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final boolean swapped;

  private Words(boolean swapped) {
    this.swapped = swapped;
  }

  /// The words of a byte order.
  public static Words of(ByteOrder byteOrder) {
    return byteOrder == ByteOrder.BIG_ENDIAN ? BIG_ENDIAN : LITTLE_ENDIAN;
  }

  /// The byte order.
  public ByteOrder byteOrder() {
    return swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /// Two bytes, unsigned.
  public int u16(byte[] bytes, int at) {
    short value = (short) SHORT.get(bytes, at);
    return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
  }

  /// Four bytes, signed.
  public int i32(byte[] bytes, int at) {
    int value = (int) INT.get(bytes, at);
    return swapped ? Integer.reverseBytes(value) : value;
  }

  /// Four bytes, unsigned.
  public long u32(byte[] bytes, int at) {
    return i32(bytes, at) & 0xffff_ffffL;
  }

  /// Eight bytes.
  public long i64(byte[] bytes, int at) {
    long value = (long) LONG.get(bytes, at);
    return swapped ? Long.reverseBytes(value) : value;
  }

  /// An integer of 1, 2, 4 or 8 bytes.
  public long integer(byte[] bytes, int at, int lengthBytes, boolean signed) {
    return switch (lengthBytes) {
      case 1 -> signed ? bytes[at] : bytes[at] & 0xff;
      case 2 -> signed ? (short) u16(bytes, at) : u16(bytes, at);
      case 4 -> signed ? i32(bytes, at) : u32(bytes, at);
      case 8 -> i64(bytes, at);
      default -> throw new IllegalArgumentException("an integer of " + lengthBytes + " bytes");
    };
  }
}
