package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;

/// Truth values, a bit each.
final class BooleanChunk extends ColumnChunk {
  BooleanChunk(FactColumn column) {
    super(column, Format.BOOLEAN, Format.PLAIN);
  }

  @Override
  void encode(Bytes out, FactBatch batch, long[] values, int first, int count, long[] scratch) {
    int sizeBytes = count + 7 >> 3;
    byte[] into = out.reserve(sizeBytes);
    int at = out.size();
    for (int i = 0; i < count; i += 8) {
      int bits = 0;
      for (int bit = 0; bit < Math.min(8, count - i); bit++) {
        bits |= values[first + i + bit] == 0 ? 0 : 1 << bit;
      }
      into[at++] = (byte) bits;
    }
    out.advance(sizeBytes);
  }
}
