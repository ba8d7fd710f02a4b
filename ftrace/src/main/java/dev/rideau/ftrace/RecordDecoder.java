package dev.rideau.ftrace;

import dev.rideau.ftrace.internal.format.EventClassMaker;
import dev.rideau.ftrace.internal.format.FieldFiller;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills columns from records of one event format, a column at a time.
///
/// Bound to the columns of one batch; used by one thread. Allocates nothing but room for rows.
public final class RecordDecoder {
  private final FieldFiller[] fillers;
  private final StructColumn columns;
  private final int fixedBytes;

  private RecordDecoder(List<FormatField> fields, StructColumn columns, KernelAbi abi) {
    this.columns = columns;
    List<FieldFiller> made = new ArrayList<>();
    int member = 0;
    int end = 0;
    for (FormatField field : fields) {
      int count = EventClassMaker.memberCount(field);
      Column value = columns.member(member + count - 1);
      Column length = count == 2 ? columns.member(member) : null;
      if (value != null || length != null) {
        made.add(FieldFiller.of(field, abi, value, (@Nullable LongColumn) length));
        end = Math.max(end, field.endBytes());
      }
      member += count;
    }
    fillers = made.toArray(FieldFiller[]::new);
    fixedBytes = end;
  }

  /// A decoder of the event's own fields into columns of [EventFormat#eventClass(int)]'s payload.
  public static RecordDecoder ofPayload(EventFormat format, StructColumn payload) {
    return new RecordDecoder(format.fields(), payload, format.abi());
  }

  /// A decoder of the common fields into columns of [EventFormat#commonContext()].
  public static RecordDecoder ofCommonContext(EventFormat format, StructColumn context) {
    return new RecordDecoder(
        EventClassMaker.contextFields(format.commonFields()), context, format.abi());
  }

  /// Fills the rows from 0 up to `rows` with records in `bytes`. Text columns then share `bytes`.
  ///
  /// A field that does not lie inside its record has no value.
  ///
  /// @param starts first byte of each record, its common fields included
  /// @param ends first byte behind each record
  /// @return how many values had to be left out
  public int decode(byte[] bytes, int[] starts, int[] ends, int rows) {
    columns.ensureCapacity(rows);
    boolean whole = true;
    int fixed = fixedBytes;
    for (int row = 0; row < rows; row++) {
      whole &= ends[row] - starts[row] >= fixed;
    }
    int missing = 0;
    for (FieldFiller filler : fillers) {
      missing += filler.fill(bytes, starts, ends, rows, whole);
    }
    return missing;
  }
}
