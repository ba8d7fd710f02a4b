package dev.rideau.ftrace;

import java.nio.ByteOrder;

/// What the bytes of a kernel look like.
///
/// @param byteOrder order of the bytes of an integer
/// @param longBytes length of `long` and of pointers, 4 or 8
public record KernelAbi(ByteOrder byteOrder, int longBytes) {
  /// Little endian, 64 bits: what most machines are.
  public static final KernelAbi LITTLE_64 = new KernelAbi(ByteOrder.LITTLE_ENDIAN, 8);

  public KernelAbi {
    if (longBytes != 4 && longBytes != 8) {
      throw new IllegalArgumentException("longs of %d bytes".formatted(longBytes));
    }
  }
}
