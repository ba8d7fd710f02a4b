package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Batch;
import dev.rideau.trace.Column;
import dev.rideau.trace.RecordBlock;
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
  private final long id;
  private final boolean included;

  /// Byte in the window behind the event header of each row; only of classes with segments.
  private int[] starts = new int[0];

  /// Byte in the window behind each segment that ends with a string, in each row; empty arrays for
  /// the other segments.
  private final int[][] ends;

  private int rows;
  private int capacity;

  /// @param firstRegister number of the first register that belongs to the record's contexts
  BoundClass(EventProcedure procedure, Batch batch, int firstRegister) {
    this.procedure = procedure;
    this.firstRegister = firstRegister;
    this.batch = batch;
    segments = procedure.segments();
    ends = new int[segments == null ? 0 : segments.length][0];
    ordinal = procedure.eventClass().ordinal();
    id = procedure.eventClass().id();
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

  /// Goes through successive records of this class by their segments and puts them into a block,
  /// with everything in local variables: one load for the header, one addition for what has a fixed
  /// length. Stops before a record of another class or one that is not whole, which may be the
  /// first.
  ///
  /// @param from byte in the window where the first record starts
  /// @param fileBits bit of the file that the window starts with
  /// @param first place of the first record in the block
  /// @return the place behind the last record; [DecodeState#runEnd] tells where it ends
  int run(
      PackedHeader header,
      DecodeState state,
      RecordBlock block,
      int from,
      long fileBits,
      int first) {
    Segment[] parts = segments;
    if (parts == null) {
      throw new IllegalStateException("the class has no segments");
    }
    long[] clockValues = block.clockValues();
    long[] offsetsBits = block.offsetsBits();
    int[] eventClasses = block.eventClasses();
    int[] rowsOfBlock = block.rows();
    int capacity = block.capacity();
    boolean remember = columns.length > 0;
    if (remember) {
      ensureStarts(parts, rows + capacity - first);
    }
    int[] starts = this.starts;
    Segment firstPart = parts[0];
    boolean hasMoreParts = parts.length > 1;
    boolean rememberEnd = remember && firstPart.endsWithString();
    int[] firstEnds = ends[0];
    byte[] bytes = state.bytes;
    int limit = (int) (state.limitBits >>> 3);
    int headerBytes = header.lengthBytes();
    long ownId = id;
    long clock = state.clockValue;
    int row = rows;
    int size = first;
    int at = from;
    while (size < capacity) {
      int start = header.start(at);
      if (start + headerBytes > limit) {
        break;
      }
      long word = FastBits.longLe(bytes, start);
      if (header.id(word) != ownId) {
        break;
      }
      int content = start + headerBytes;
      int end = firstPart.skip(bytes, content, limit);
      if (end < 0) {
        break;
      }
      if (rememberEnd) {
        firstEnds[row] = end;
      }
      if (hasMoreParts) {
        end = skipMore(parts, bytes, end, limit, row);
        if (end < 0) {
          break;
        }
      }
      clock = header.updatedClock(clock, word);
      if (remember) {
        starts[row] = content;
      }
      if (included) {
        clockValues[size] = clock;
        offsetsBits[size] = fileBits + ((long) at << 3);
        eventClasses[size] = ordinal;
        rowsOfBlock[size] = row++;
        size++;
      }
      at = end;
    }
    rows = row;
    state.clockValue = clock;
    state.runEnd = at;
    return size;
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
    if (columns.length == 0) {
      for (Segment part : parts) {
        end = part.skip(bytes, end, limit);
        if (end < 0) {
          return -1;
        }
      }
      return end;
    }
    int row = rows;
    if (row == starts.length) {
      ensureStarts(parts, row + 1);
    }
    starts[row] = at;
    end = parts[0].skip(bytes, end, limit);
    if (end < 0) {
      return -1;
    }
    if (parts[0].endsWithString()) {
      ends[0][row] = end;
    }
    return parts.length > 1 ? skipMore(parts, bytes, end, limit, row) : end;
  }

  /// Skips the segments after the first.
  private int skipMore(Segment[] parts, byte[] bytes, int at, int limit, int row) {
    int end = at;
    for (int i = 1; i < parts.length; i++) {
      end = parts[i].skip(bytes, end, limit);
      if (end < 0) {
        return -1;
      }
      if (columns.length > 0 && parts[i].endsWithString()) {
        ends[i][row] = end;
      }
    }
    return end;
  }

  private void ensureStarts(Segment[] parts, int count) {
    if (count <= starts.length) {
      return;
    }
    int size = Math.max(count, Math.max(64, starts.length * 2));
    starts = Arrays.copyOf(starts, size);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].endsWithString()) {
        ends[i] = Arrays.copyOf(ends[i], size);
      }
    }
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
  void finish(byte[] bytes) {
    batch.resize(rows);
    Segment[] parts = segments;
    if (parts != null && columns.length > 0) {
      batch.ensureCapacity(rows);
      for (int i = 0; i < parts.length; i++) {
        parts[i].fill(columns, bytes, starts, ends[i], rows);
      }
    }
  }
}
