package dev.rideau.tables.internal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What the database demands of texts.
public final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /// Whether all bytes are below 128.
  public static boolean isAscii(byte[] bytes, int from, int to) {
    int at = from;
    while (at + 8 <= to) {
      if (((long) LONG.get(bytes, at) & 0x8080_8080_8080_8080L) != 0) {
        return false;
      }
      at += 8;
    }
    int all = 0;
    while (at < to) {
      all |= bytes[at++];
    }
    return all >= 0;
  }

  /// Whether the bytes are UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF.
  public static boolean isValid(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return true;
    }
    int at = from;
    while (at < to) {
      int lead = bytes[at] & 0xff;
      int more;
      int least;
      if (lead < 0x80) {
        at++;
        continue;
      } else if (lead >= 0xc2 && lead < 0xe0) {
        more = 1;
        least = 0x80;
      } else if (lead >= 0xe0 && lead < 0xf0) {
        more = 2;
        least = 0x800;
      } else if (lead >= 0xf0 && lead < 0xf5) {
        more = 3;
        least = 0x10000;
      } else {
        return false;
      }
      if (at + more >= to) {
        return false;
      }
      int character = lead & (0x3f >> more);
      for (int i = 1; i <= more; i++) {
        int next = bytes[at + i];
        if ((next & 0xc0) != 0x80) {
          return false;
        }
        character = character << 6 | next & 0x3f;
      }
      if (character < least
          || character > 0x10ffff
          || (character >= 0xd800 && character < 0xe000)) {
        return false;
      }
      at += more + 1;
    }
    return true;
  }
}
