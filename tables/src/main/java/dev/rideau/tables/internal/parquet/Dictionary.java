package dev.rideau.tables.internal.parquet;

/// Different texts of a group of rows, and rows as numbers of them. Owned by one thread at a time.
final class Dictionary {
  private final Bytes texts = new Bytes();
  private int size;

  int size() {
    return size;
  }

  /// All texts, each with its length in front.
  Bytes texts() {
    return texts;
  }

  /// Adds a text, whether it is there or not.
  ///
  /// @return its number
  int add(byte[] utf8, int from, int to) {
    texts.putInt(to - from);
    texts.put(utf8, from, to);
    return size++;
  }

  void clear() {
    texts.clear();
    size = 0;
  }

  /// Adds the numbers of a page.
  ///
  /// @param numbers has room for a multiple of 8
  void pack(Bytes out, long[] numbers, int count) {
    long first = numbers[0];
    long different = 0;
    for (int i = 1; i < count; i++) {
      different |= numbers[i] ^ first;
    }
    int width = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1));
    out.put(width);
    if (different == 0) {
      out.putVarint((long) count << 1);
      for (int i = 0; i < width; i += 8) {
        out.put((int) (first >>> i));
      }
      return;
    }
    int padded = count + 7 & -8;
    for (int i = count; i < padded; i++) {
      numbers[i] = 0;
    }
    out.putVarint((long) (padded >> 3) << 1 | 1);
    BitPacker.pack(out, numbers, 0, padded, width);
  }
}
