package dev.rideau.kernel.internal.track;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Short names as two `long`s, to compare them fast.
public final class CommWords {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private CommWords() {}

  /// The up to eight bytes in `from .. to`, the first lowest, the rest zero.
  public static long word(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return 0;
    }
    if (from + Long.BYTES <= bytes.length) {
      long word = (long) LONG.get(bytes, from);
      return length >= Long.BYTES ? word : word & (1L << length * 8) - 1;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (bytes[from + i] & 0xffL) << i * 8;
    }
    return word;
  }
}
