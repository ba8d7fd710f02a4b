package dev.rideau.trace;

import java.util.Arrays;

/// Floating point numbers of every length; those of 128 bits are rounded to `double`.
public final class DoubleColumn extends Column {
  private double[] values = new double[0];

  DoubleColumn(FieldClass fieldClass) {
    super(fieldClass);
  }

  /// One value per row.
  public double[] values() {
    return values;
  }

  /// The value of one row.
  public double value(int row) {
    return values[row];
  }

  @Override
  public void ensureCapacity(int rows) {
    if (rows > values.length) {
      values = Arrays.copyOf(values, grown(values.length, rows));
    }
  }
}
