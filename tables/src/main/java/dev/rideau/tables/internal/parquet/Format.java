package dev.rideau.tables.internal.parquet;

/// Numbers that stand for things in Parquet's structures.
final class Format {
  static final int BOOLEAN = 0;
  static final int INT32 = 1;
  static final int INT64 = 2;
  static final int DOUBLE = 5;
  static final int BYTE_ARRAY = 6;

  static final int PLAIN = 0;
  static final int RLE = 3;
  static final int DELTA_BINARY_PACKED = 5;
  static final int RLE_DICTIONARY = 8;

  static final int OPTIONAL = 1;
  static final int UTF8 = 0;
  static final int UNCOMPRESSED = 0;
  static final int DATA_PAGE = 0;
  static final int DICTIONARY_PAGE = 2;

  static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private Format() {}
}
