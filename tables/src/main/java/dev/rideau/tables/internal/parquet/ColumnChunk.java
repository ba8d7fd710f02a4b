package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;

/// The values of one column in a group of rows that is being filled. Owned by one thread at a time.
abstract class ColumnChunk {
  /// Rows of a page; a multiple of 64.
  static final int PAGE_ROWS = 4096;

  private final FactColumn column;
  private final int physicalType;
  private final int encoding;
  private final Dictionary dictionary = new Dictionary();
  private final Bytes pages = new Bytes();
  private final Bytes body = new Bytes();
  private long rows;
  private long nulls;

  /// @param physicalType the number of Parquet for its values
  /// @param encoding the number of Parquet for how they are written
  ColumnChunk(FactColumn column, int physicalType, int encoding) {
    this.column = column;
    this.physicalType = physicalType;
    this.encoding = encoding;
  }

  /// A chunk for values of the column's type.
  static ColumnChunk of(FactColumn column) {
    return switch (column.type()) {
      case TIMESTAMP, DURATION, UTID, UPID, LONG -> new NumberChunk(column, false);
      case INT -> new NumberChunk(column, true);
      case BOOLEAN -> new BooleanChunk(column);
      case DOUBLE -> new DoubleChunk(column);
      case NAME -> new NameChunk(column);
      case TEXT -> new TextChunk(column);
    };
  }

  /// Adds values that are there.
  ///
  /// @param scratch room for a page, may be `values` itself
  abstract void encode(
      Bytes out, FactBatch batch, long[] values, int first, int count, long[] scratch);

  /// Forgets what belongs to the group of rows.
  void clearValues() {}

  /// Tells the smallest and largest value, where they are worth knowing.
  void writeRange(ThriftWriter into) {}

  /// Adds a page.
  ///
  /// @param from first row, a multiple of 64
  final void add(FactBatch batch, int index, int from, int count, long[] scratch) {
    body.clear();
    long[] absent = batch.nulls(index);
    int present = Levels.put(body, absent, from, count);
    if (present > 0) {
      long[] values = batch.longs(index);
      if (present == count) {
        encode(body, batch, values, from, count, scratch);
      } else {
        compact(values, absent, from, count, scratch);
        encode(body, batch, scratch, 0, present, scratch);
      }
    }
    // Not all readers expect differences or numbers of a dictionary where there is no value.
    int written = present > 0 ? encoding : Format.PLAIN;
    new ThriftWriter(pages)
        .integer(1, Format.DATA_PAGE)
        .integer(2, body.size())
        .integer(3, body.size())
        .begin(5)
        .integer(1, count)
        .integer(2, written)
        .integer(3, Format.RLE)
        .integer(4, Format.RLE)
        .end()
        .finish();
    pages.put(body);
    rows += count;
    nulls += count - present;
  }

  private static void compact(long[] values, long[] absent, int from, int count, long[] into) {
    int at = 0;
    for (int row = from; row < from + count; row++) {
      into[at] = values[row];
      at += (int) (~absent[row >> 6] >>> row & 1);
    }
  }

  final FactColumn column() {
    return column;
  }

  final int physicalType() {
    return physicalType;
  }

  final int encoding() {
    return encoding;
  }

  /// The different values that the others are numbers of; empty where the encoding knows none.
  final Dictionary dictionary() {
    return dictionary;
  }

  /// Headers and values of all data pages.
  final Bytes pages() {
    return pages;
  }

  final long rows() {
    return rows;
  }

  final long nulls() {
    return nulls;
  }

  /// Forgets all rows, keeps the memory.
  final void clear() {
    pages.clear();
    rows = 0;
    nulls = 0;
    dictionary.clear();
    clearValues();
  }
}
