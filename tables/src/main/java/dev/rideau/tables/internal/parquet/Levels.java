package dev.rideau.tables.internal.parquet;

/// Which rows of a page hold a value (definition levels 0 and 1).
final class Levels {
  private Levels() {}

  /// Adds the levels of `rows` rows from `from` on, a multiple of 64.
  ///
  /// @param nulls a bit for each row without value
  /// @return number of rows with value
  static int put(Bytes out, long[] nulls, int from, int rows) {
    int absent = 0;
    int words = rows + 63 >> 6;
    for (int i = 0; i < words; i++) {
      absent += Long.bitCount(nulls[(from >> 6) + i] & mask(rows - 64 * i));
    }
    int lengthAt = out.size();
    out.putInt(0);
    if (absent == 0 || absent == rows) {
      out.putVarint((long) rows << 1);
      out.put(absent == 0 ? 1 : 0);
    } else {
      int groups = rows + 7 >> 3;
      out.putVarint((long) groups << 1 | 1);
      int end = out.size() + groups;
      for (int i = 0; i < words; i++) {
        out.putLong(~nulls[(from >> 6) + i] & mask(rows - 64 * i));
      }
      out.advance(end - out.size());
    }
    int length = out.size() - lengthAt - 4;
    byte[] array = out.array();
    for (int i = 0; i < 4; i++) {
      array[lengthAt + i] = (byte) (length >> 8 * i);
    }
    return rows - absent;
  }

  private static long mask(int rows) {
    return rows >= Long.SIZE ? -1L : (1L << rows) - 1;
  }
}
