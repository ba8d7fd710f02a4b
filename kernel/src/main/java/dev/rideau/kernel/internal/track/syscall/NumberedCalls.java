package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.track.NameCache;
import dev.rideau.trace.Column;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import org.jspecify.annotations.Nullable;

/// The fields of records that tell a call by its number and its arguments as six words, in the
/// batches of one cursor. Calls are those of the architecture of the trace.
final class NumberedCalls {
  private final CallNumbers numbers;
  private final int[] ids;
  private final NumberField number;
  private final Words words;

  NumberedCalls(RecordFields fields, NameCache names) {
    numbers = CallNumbers.of(fields.architecture());
    ids = numbers.ids(names);
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
  int id(int row) {
    long value = number.at(row);
    int last = ids.length - 1;
    return value >= 0 && value < last ? ids[(int) value] : ids[last];
  }

  /// An argument, or `absent` when it is not there.
  long argument(int row, int position, long absent) {
    return words.at(row, position, absent);
  }
}
