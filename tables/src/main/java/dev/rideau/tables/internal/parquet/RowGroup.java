package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactTable;
import java.util.List;

/// Rows that will be written together, by column. Owned by one thread at a time.
final class RowGroup {
  /// Rows after which a group is written: what one thread of the database reads at a time.
  private static final int MOST_ROWS = 1 << 16;

  /// Bytes after which it is written, so that long texts do not pile up.
  private static final int MOST_BYTES = 4 << 20;

  private final List<ColumnChunk> chunks;
  private final long[] scratch = new long[ColumnChunk.PAGE_ROWS];
  private int rows;

  RowGroup(FactTable table) {
    chunks = table.columns().stream().map(ColumnChunk::of).toList();
  }

  List<ColumnChunk> chunks() {
    return chunks;
  }

  int rows() {
    return rows;
  }

  /// Adds a page.
  void add(FactBatch batch, int from, int count) {
    for (int i = 0; i < chunks.size(); i++) {
      chunks.get(i).add(batch, i, from, count, scratch);
    }
    rows += count;
  }

  boolean isFull() {
    if (rows >= MOST_ROWS) {
      return true;
    }
    long bytes = 0;
    for (int i = 0; i < chunks.size(); i++) {
      ColumnChunk chunk = chunks.get(i);
      bytes += chunk.pages().size() + chunk.dictionary().texts().size();
    }
    return bytes >= MOST_BYTES;
  }

  void clear() {
    chunks.forEach(ColumnChunk::clear);
    rows = 0;
  }
}
