package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Batch;
import dev.rideau.trace.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An event class in one cursor: its shared procedure with the batch that the cursor fills. Owned
/// by the cursor's thread.
final class BoundClass {
  private final EventProcedure procedure;
  private final Segment @Nullable [] segments;
  private final Batch batch;
  private final @Nullable Column[] columns;
  private final int firstRegister;
  private final int ordinal;
  private final boolean included;

  /// Byte in the window behind the event header of each row; only of classes with segments.
  private int[] starts = new int[0];

  private int rows;
  private int capacity;

  /// @param firstRegister number of the first register that belongs to the record's contexts
  BoundClass(EventProcedure procedure, Batch batch, int firstRegister) {
    this.procedure = procedure;
    this.firstRegister = firstRegister;
    this.batch = batch;
    segments = procedure.segments();
    ordinal = procedure.eventClass().ordinal();
    included = procedure.isIncluded();
    columns = new Column[procedure.columnCount()];
    int next = NodeCompiler.bindScope(batch.commonContext(), columns, 0);
    next = NodeCompiler.bindScope(batch.specificContext(), columns, next);
    next = NodeCompiler.bindScope(batch.payload(), columns, next);
    if (next != columns.length) {
      throw new IllegalStateException("%d columns for %d numbers".formatted(next, columns.length));
    }
  }

  Batch batch() {
    return batch;
  }

  int ordinal() {
    return ordinal;
  }

  boolean isIncluded() {
    return included;
  }

  boolean hasSegments() {
    return segments != null;
  }

  int rows() {
    return rows;
  }

  void forgetRows() {
    rows = 0;
  }

  /// Takes the record for row [#rows()] into the batch: what was read of it stays.
  ///
  /// @return its row
  int keepRow() {
    return rows++;
  }

  /// Skips a record by its segments and remembers where it is.
  ///
  /// @return the byte behind the record, or -1 when it does not end before the limit
  int skip(byte[] bytes, int at, int limit) {
    Segment[] parts = segments;
    if (parts == null) {
      throw new IllegalStateException("the class has no segments");
    }
    int end = at;
    for (Segment part : parts) {
      end = part.skip(bytes, end, limit);
      if (end < 0) {
        return -1;
      }
    }
    if (columns.length > 0) {
      if (rows == starts.length) {
        starts = Arrays.copyOf(starts, Math.max(64, rows * 2));
      }
      starts[rows] = at;
    }
    return end;
  }

  /// Decodes a record by its nodes into row [#rows()].
  ///
  /// @return the bit behind the record, [DecodeState#FAULT] or [DecodeState#MORE]
  long decode(DecodeState state, long position) {
    if (rows == capacity) {
      capacity = Math.max(64, rows * 2);
      batch.ensureCapacity(capacity);
    }
    state.columns = columns;
    boolean[] isSet = state.registerIsSet;
    for (int i = firstRegister; i < procedure.registerCount(); i++) {
      isSet[i] = false;
    }
    long end = procedure.decode(state, position, rows);
    if (end < 0 && rows == 0) {
      batch.clear();
    }
    return end;
  }

  /// Makes the rows readable: fills the columns of classes with segments.
  void finish(byte[] bytes, int limit) {
    batch.resize(rows);
    Segment[] parts = segments;
    if (parts != null && columns.length > 0) {
      batch.ensureCapacity(rows);
      for (Segment part : parts) {
        part.fill(columns, bytes, starts, rows, limit);
      }
    }
  }
}
