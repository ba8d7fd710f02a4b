package dev.rideau.kernel.internal.layout;

import dev.rideau.trace.LongColumn;
import org.jspecify.annotations.Nullable;

/// An integer field of an event class, bound to its column in the batches of one cursor.
public final class NumberField {
  private final @Nullable LongColumn column;
  private final long absent;

  NumberField(@Nullable LongColumn column, long absent) {
    this.column = column;
    this.absent = absent;
  }

  /// Whether records of the class have the field.
  public boolean isRecorded() {
    return column != null;
  }

  /// The value of a row, or the value that stands for absence.
  public long at(int row) {
    LongColumn values = column;
    return values == null ? absent : values.value(row);
  }

  /// The value of a row as 32-bit number.
  public int intAt(int row) {
    return (int) at(row);
  }
}
