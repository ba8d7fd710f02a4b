package dev.rideau.tables.internal.parquet;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;

/// Whole numbers, as differences.
final class NumberChunk extends ColumnChunk {
  private final boolean isInt;
  private final DeltaPacker packer = new DeltaPacker();
  private final Bytes bound = new Bytes();
  private long least = Long.MAX_VALUE;
  private long most = Long.MIN_VALUE;

  NumberChunk(FactColumn column, boolean isInt) {
    super(column, isInt ? Format.INT32 : Format.INT64, Format.DELTA_BINARY_PACKED);
    this.isInt = isInt;
  }

  @Override
  void encode(Bytes out, FactBatch batch, long[] values, int first, int count, long[] scratch) {
    packer.pack(out, values, first, count, isInt);
    least = Math.min(least, packer.least());
    most = Math.max(most, packer.most());
  }

  @Override
  void clearValues() {
    least = Long.MAX_VALUE;
    most = Long.MIN_VALUE;
  }

  @Override
  void writeRange(ThriftWriter into) {
    if (least <= most) {
      into.binary(5, bound(most));
      into.binary(6, bound(least));
    }
  }

  private Bytes bound(long value) {
    bound.clear();
    if (isInt) {
      bound.putInt((int) value);
    } else {
      bound.putLong(value);
    }
    return bound;
  }
}
