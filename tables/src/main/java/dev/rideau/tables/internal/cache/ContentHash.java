package dev.rideau.tables.internal.cache;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A hash of 128 bits that tells contents apart, not one that withstands an attacker: whoever may
/// write into a cache folder needs no collision. The JDK's digests would load the security
/// providers at each start, which takes longer than all the rest of a key.
///
/// Two sums of 64 bits, each word multiplied and rotated in, mixed at the end.
final class ContentHash {
  private static final long A = 0x9e37_79b9_7f4a_7c15L;
  private static final long B = 0xc2b2_ae3d_27d4_eb4fL;

  private long first = A;
  private long second = B;

  /// Adds the length and all remaining bytes of a buffer.
  void add(ByteBuffer bytes) {
    ByteBuffer words = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    add(words.remaining());
    while (words.remaining() >= Long.BYTES) {
      add(words.getLong());
    }
    long rest = 0;
    for (int shift = 0; words.hasRemaining(); shift += Byte.SIZE) {
      rest |= (words.get() & 0xffL) << shift;
    }
    add(rest);
  }

  /// Adds a text.
  void add(String text) {
    add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void add(long word) {
    first = Long.rotateLeft(first ^ word * A, 29) * B + 1;
    second = Long.rotateLeft(second + word * B, 37) * A ^ first >>> 31;
  }

  /// The hash of all that was added, as 32 hexadecimal digits.
  String text() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(mix(first ^ Long.rotateLeft(second, 17)))
        + hex.toHexDigits(mix(second + first * A));
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51_afd7_ed55_8ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
    return mixed ^ mixed >>> 33;
  }
}
