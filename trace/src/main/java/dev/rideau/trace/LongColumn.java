package dev.rideau.trace;

import java.util.Arrays;

/// Integers, bit arrays, bit maps and booleans (0 or 1). Unsigned values above 2^63-1 are held as
/// negative `long`s; the field class tells the sign.
public final class LongColumn extends Column {
  private long[] values = new long[0];

  LongColumn(FieldClass fieldClass) {
    super(fieldClass);
  }

  /// One value per row.
  public long[] values() {
    return values;
  }

  /// The value of one row.
  public long value(int row) {
    return values[row];
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > values.length) {
      values = Arrays.copyOf(values, grown(values.length, rows));
    }
  }
}
