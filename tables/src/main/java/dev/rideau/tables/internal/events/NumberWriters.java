package dev.rideau.tables.internal.events;

import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.LongColumn;
import java.nio.ByteBuffer;
import org.duckdb.RawVectors;
import org.jspecify.annotations.Nullable;

/// Writers of fields that are numbers.
final class NumberWriters {
  private NumberWriters() {}

  static final class Integers extends VectorWriter.Plain {
    /// @param isUnsigned whether values do not fit into a signed 64-bit number
    Integers(boolean isUnsigned) {
      super(isUnsigned ? "UBIGINT" : "BIGINT", isUnsigned ? RawVectors.UBIGINT : RawVectors.BIGINT);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      long[] values = ((LongColumn) column).values();
      RawVectors.data(vector, (first + (long) count) * Long.BYTES)
          .asLongBuffer()
          .put(first, values, from, count);
      markValid(vector, first, count, validOf(column, from, count, valid));
    }
  }

  static final class Truth extends VectorWriter.Plain {
    Truth() {
      super("BOOLEAN", RawVectors.BOOLEAN);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      long[] values = ((LongColumn) column).values();
      ByteBuffer data = RawVectors.data(vector, first + (long) count);
      for (int i = 0; i < count; i++) {
        data.put(first + i, (byte) (values[from + i] != 0 ? 1 : 0));
      }
      markValid(vector, first, count, validOf(column, from, count, valid));
    }
  }

  static final class Reals extends VectorWriter.Plain {
    Reals() {
      super("DOUBLE", RawVectors.DOUBLE);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      double[] values = ((DoubleColumn) column).values();
      RawVectors.data(vector, (first + (long) count) * Double.BYTES)
          .asDoubleBuffer()
          .put(first, values, from, count);
      markValid(vector, first, count, validOf(column, from, count, valid));
    }
  }
}
