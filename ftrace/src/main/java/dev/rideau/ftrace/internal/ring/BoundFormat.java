package dev.rideau.ftrace.internal.ring;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.RecordDecoder;
import dev.rideau.trace.Batch;
import dev.rideau.trace.StructColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An event format, the batch of a cursor that its records go to, and where those of the current
/// block are. Used by one thread.
final class BoundFormat {
  final int ordinal;
  final Batch batch;
  private final @Nullable RecordDecoder common;
  private final @Nullable RecordDecoder payload;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int rows;

  BoundFormat(int ordinal, EventFormat format, Batch batch) {
    this.ordinal = ordinal;
    this.batch = batch;
    StructColumn context = batch.commonContext();
    common = context == null ? null : RecordDecoder.ofCommonContext(format, context);
    StructColumn fields = batch.payload();
    payload = fields == null ? null : RecordDecoder.ofPayload(format, fields);
  }

  int rows() {
    return rows;
  }

  /// Takes note of a record and returns its row.
  int keep(int start, int end) {
    int row = rows;
    if (row == starts.length) {
      starts = Arrays.copyOf(starts, row * 2);
      ends = Arrays.copyOf(ends, row * 2);
    }
    starts[row] = start;
    ends[row] = end;
    rows = row + 1;
    return row;
  }

  /// Fills the batch with the records noted, and forgets them.
  ///
  /// @return how many values were not there
  int finish(byte[] bytes) {
    int missing = 0;
    if (common != null) {
      missing += common.decode(bytes, starts, ends, rows);
    }
    if (payload != null) {
      missing += payload.decode(bytes, starts, ends, rows);
    }
    batch.resize(rows);
    rows = 0;
    return missing;
  }
}
