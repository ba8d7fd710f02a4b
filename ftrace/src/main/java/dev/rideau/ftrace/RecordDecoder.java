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

  private RecordDecoder(StructColumn columns, List<FieldFiller> fillers, int fixedBytes) {
    this.columns = columns;
    this.fillers = fillers.toArray(FieldFiller[]::new);
    this.fixedBytes = fixedBytes;
  }

  /// A decoder of the event's own fields into columns of [EventFormat#eventClass(int)]'s payload.
  public static RecordDecoder ofPayload(EventFormat format, StructColumn payload) {
    List<FieldFiller> made = new ArrayList<>();
    int member = 0;
    int end = 0;
    for (FormatField field : format.fields()) {
      int count = EventClassMaker.memberCount(field);
      Column value = payload.member(member + count - 1);
      Column length = count == 2 ? payload.member(member) : null;
      if (value != null || length != null) {
        made.add(FieldFiller.of(field, format.abi(), value, (@Nullable LongColumn) length));
        end = Math.max(end, field.endBytes());
      }
      member += count;
    }
    return new RecordDecoder(payload, made, end);
  }

  /// A decoder of the common fields into columns of [EventFormat#commonContext()] of this format or
  /// of another one, whose fields need not be the same in a damaged file.
  public static RecordDecoder ofCommonContext(EventFormat format, StructColumn context) {
    List<FieldFiller> made = new ArrayList<>();
    int end = 0;
    for (FormatField field : EventClassMaker.contextFields(format.commonFields())) {
      if (context.member(field.name()) instanceof LongColumn value
          && field.kind() == FormatField.Kind.INTEGER) {
        made.add(FieldFiller.of(field, format.abi(), value, null));
        end = Math.max(end, field.endBytes());
      }
    }
    return new RecordDecoder(context, made, end);
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
