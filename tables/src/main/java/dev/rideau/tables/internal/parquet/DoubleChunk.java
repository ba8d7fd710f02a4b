package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;

/// Floating-point numbers, as they are.
final class DoubleChunk extends ColumnChunk {
  DoubleChunk(FactColumn column) {
    super(column, Format.DOUBLE, Format.PLAIN);
  }

  @Override
  void encode(Bytes out, FactBatch batch, long[] values, int first, int count, long[] scratch) {
    for (int i = first; i < first + count; i++) {
      out.putLong(values[i]);
    }
  }
}
