package dev.rideau.tables.internal.parquet;

/// Numbers of the same few bits, one behind the other, the lowest bit first.
final class BitPacker {
  private BitPacker() {}

  /// Adds `count` numbers of `width` bits each; no other bits of them are set.
  ///
  /// @param count a multiple of 8
  static void pack(Bytes out, long[] values, int from, int count, int width) {
    int sizeBytes = count / 8 * width;
    byte[] into = out.reserve(sizeBytes);
    int at = out.size();
    long word = 0;
    int bits = 0;
    for (int i = from; i < from + count; i++) {
      long value = values[i];
      word |= value << bits;
      bits += width;
      if (bits >= Long.SIZE) {
        into[at] = (byte) word;
        into[at + 1] = (byte) (word >> 8);
        into[at + 2] = (byte) (word >> 16);
        into[at + 3] = (byte) (word >> 24);
        into[at + 4] = (byte) (word >> 32);
        into[at + 5] = (byte) (word >> 40);
        into[at + 6] = (byte) (word >> 48);
        into[at + 7] = (byte) (word >> 56);
        at += 8;
        bits -= Long.SIZE;
        word = bits == 0 ? 0 : value >>> (width - bits);
      }
    }
    while (bits > 0) {
      into[at++] = (byte) word;
      word >>>= 8;
      bits -= 8;
    }
    out.advance(sizeBytes);
  }
}
