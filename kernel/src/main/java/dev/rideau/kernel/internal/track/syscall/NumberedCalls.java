package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.track.NameCache;
import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fields of records that tell a call by its number and its arguments as six words, in the
/// batches of one cursor. Calls are those of the architecture of the trace.
public final class NumberedCalls {
  private final CallNumbers numbers;
  private final NameCache names;

  /// By number: id of the name, -1 not asked for yet.
  private final int[] ids = new int[CallNumbers.COUNT];

  private final NumberField number;
  private final Words words;

  public NumberedCalls(RecordFields fields, NameCache names) {
    this.names = names;
    boolean isNative = fields.variant().equals(TracerLayout.UNKNOWN_CALL);
    numbers = CallNumbers.of(isNative ? fields.architecture() : "");
    Arrays.fill(ids, -1);
    number = fields.number("id", -1);
    words = new Words(fields.column("args"));
  }

  /// A list of numbers.
  record Words(@Nullable Column column) {
    /// One of them, or `absent` when it is not there.
    long at(int row, int index, long absent) {
      return index >= 0
              && column instanceof ListColumn list
              && list.elements() instanceof LongColumn numbers
              && list.lengths()[row] > index
          ? numbers.value(list.offsets()[row] + index)
          : absent;
    }
  }

  CallNumbers.Call call(int row) {
    return numbers.call(number.at(row));
  }

  /// Id of the name of the call.
  public int id(int row) {
    long value = number.at(row);
    if (value < 0 || value >= ids.length) {
      return names.id(CallNumbers.UNKNOWN);
    }
    int id = ids[(int) value];
    if (id < 0) {
      id = names.id(numbers.name((int) value));
      ids[(int) value] = id;
    }
    return id;
  }

  /// An argument, or `absent` when it is not there.
  long argument(int row, int position, long absent) {
    return words.at(row, position, absent);
  }
}
