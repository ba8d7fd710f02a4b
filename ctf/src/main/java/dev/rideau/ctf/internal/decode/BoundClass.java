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

  /// The segments; empty for classes that are decoded by their nodes.
  private final Segment[] parts;

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
    Segment[] segments = procedure.segments();
    parts = segments == null ? new Segment[0] : segments;
    ends = new int[parts.length][0];
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
    return parts.length > 0;
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
    long[] clockValues = block.clockValues();
    long[] offsetsBits = block.offsetsBits();
    int capacity = block.capacity();
    boolean remember = columns.length > 0;
    if (remember) {
      ensureStarts(rows + capacity - first);
    }
    int[] starts = this.starts;
    Segment firstPart = parts[0];
    boolean hasMoreParts = parts.length > 1;
    int partMask = firstPart.alignmentMaskBytes();
    int partBytes = firstPart.lengthBytes();
    boolean partIsString = firstPart.endsWithString();
    int[] firstEnds = ends[0];
    byte[] bytes = state.bytes;
    int limit = (int) (state.limitBits >>> 3);
    int headerBytes = header.lengthBytes();
    long ownId = id;
    long clock = state.clockValue;
    int firstRow = rows;
    int most = capacity - first;
    int count = 0;
    int at = from;
    int headerMask = header.alignmentMask();
    int idBits = header.idBits();
    long idMask = -1L >>> (64 - idBits);
    long clockMask = -1L >>> (64 - header.timestampBits());
    if (partIsString && !hasMoreParts && (headerMask | partMask) == 0) {
      // The commonest shape goes through a loop of its own that is as short as can be.
      count = StringRun.scan(bytes, at, limit, headerBytes, partBytes, idMask, ownId, block, first);
      if (count > 0) {
        at = StringRun.end(bytes, headerBytes + partBytes, limit, block, first + count - 1);
        if (remember) {
          StringRun.remember(block, first, count, headerBytes, at, starts, firstEnds, firstRow);
        }
        clock = StringRun.finish(block, first, count, idBits, clockMask, clock, fileBits);
      }
    }
    while (count < most) {
      int start = (at + headerMask) & ~headerMask;
      if (start + headerBytes > limit) {
        break;
      }
      long word = FastBits.longLe(bytes, start);
      if ((word & idMask) != ownId) {
        break;
      }
      int content = start + headerBytes;
      int end = ((content + partMask) & ~partMask) + partBytes;
      if (end > limit) {
        break;
      }
      if (partIsString) {
        end = FastBits.indexOfZero(bytes, end, limit) + 1;
        if (end == 0) {
          break;
        }
        if (remember) {
          firstEnds[firstRow + count] = end;
        }
      }
      if (hasMoreParts) {
        end = skip(bytes, end, limit, 1, firstRow + count);
        if (end < 0) {
          break;
        }
      }
      long updated = (clock & ~clockMask) | ((word >>> idBits) & clockMask);
      clock = updated < clock ? updated + clockMask + 1 : updated;
      if (remember) {
        starts[firstRow + count] = content;
      }
      clockValues[first + count] = clock;
      offsetsBits[first + count] = fileBits + ((long) at << 3);
      count++;
      at = end;
    }
    int size = first;
    if (included) {
      size += count;
      rows = firstRow + count;
      Arrays.fill(block.eventClasses(), first, size, ordinal);
      int[] rowsOfBlock = block.rows();
      for (int i = 0; i < count; i++) {
        rowsOfBlock[first + i] = firstRow + i;
      }
    }
    state.clockValue = clock;
    state.runEnd = at;
    return size;
  }

  /// Remembers where the record of row [#rows()] is, for when columns are filled.
  ///
  /// @param at byte in the window behind the event header
  void remember(int at) {
    if (columns.length > 0) {
      ensureStarts(rows + 1);
      starts[rows] = at;
    }
  }

  /// Skips a record by its segments and remembers where it is.
  ///
  /// @return the byte behind the record, or -1 when it does not end before the limit
  int skip(byte[] bytes, int at, int limit) {
    remember(at);
    return skip(bytes, at, limit, 0, rows);
  }

  /// Skips the segments from `firstPart` on.
  private int skip(byte[] bytes, int at, int limit, int firstPart, int row) {
    int end = at;
    for (int i = firstPart; i < parts.length; i++) {
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

  private void ensureStarts(int count) {
    if (count > starts.length) {
      int size = Math.max(count, Math.max(64, starts.length * 2));
      starts = Arrays.copyOf(starts, size);
      for (int i = 0; i < parts.length; i++) {
        if (parts[i].endsWithString()) {
          ends[i] = Arrays.copyOf(ends[i], size);
        }
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

  /// Does without the rows. Those that were decoded are in the batch, to be cleared with it.
  void leaveOut() {
    if (parts.length == 0) {
      batch.resize(rows);
    }
  }

  /// Makes the rows readable: fills the columns of classes with segments.
  void finish(byte[] bytes) {
    batch.resize(rows);
    if (parts.length > 0 && columns.length > 0) {
      batch.ensureCapacity(rows);
      for (int i = 0; i < parts.length; i++) {
        parts[i].fill(columns, bytes, starts, ends[i], rows);
      }
    }
  }
}
