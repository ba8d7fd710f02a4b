package dev.rideau.tables.internal.events;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBTableFunctionState;
import org.duckdb.RawVectors;
import org.jspecify.annotations.Nullable;

/// The part of a scan that one thread does: it decodes ranges of packets and fills chunks, class by
/// class within a block of records.
final class EventScan implements DuckDBTableFunctionState {
  private final EventRelation relation;
  private final int[] wanted;
  private final Projection projection;
  private final DiagnosticSink diagnostics;
  private final BooleanSupplier isCancelled;
  private @Nullable DataStream stream;
  private @Nullable BlockCursor cursor;
  private @Nullable RecordBlock block;

  /// Ordinal of the event class whose rows are being handed out.
  private int eventClass;

  private int row;
  private long[] timestamps = new long[0];
  private byte[] traceName = new byte[0];
  private byte[] streamName = new byte[0];

  EventScan(
      EventRelation relation,
      int[] wanted,
      DiagnosticSink diagnostics,
      BooleanSupplier isCancelled) {
    this.relation = relation;
    this.wanted = wanted;
    this.projection = relation.projection(wanted);
    this.diagnostics = diagnostics;
    this.isCancelled = isCancelled;
  }

  /// Fills a chunk with rows of one event class.
  ///
  /// @return number of rows, 0 when all ranges are done
  int fill(EventRanges ranges, ByteBuffer chunk) {
    while (true) {
      RecordBlock current = block;
      if (current == null) {
        current = nextBlock(ranges);
        if (current == null) {
          return 0;
        }
      }
      while (eventClass < current.batchCount()) {
        Batch batch = current.batch(eventClass);
        if (batch != null && row < batch.size()) {
          if (row == 0) {
            gatherTimestamps(current, batch.size());
          }
          int rows = findRun(current, batch.size());
          if (rows == 0) {
            continue;
          }
          write(current, batch, rows, chunk);
          row += rows;
          return rows;
        }
        eventClass++;
        row = 0;
      }
      block = null;
    }
  }

  /// Moves `row` to the next one that is wanted, or behind the last.
  ///
  /// @return how many there are one behind the other
  private int findRun(RecordBlock current, int size) {
    EventTimes times = relation.times();
    if (times.isAll()) {
      return Math.min(RawVectors.CAPACITY, size - row);
    }
    if (current.stream().dataStreamClass().defaultClock() == null) {
      row = size;
      return 0;
    }
    while (row < size && !times.contains(timestamps[row])) {
      row++;
    }
    int end = row;
    while (end < size && end - row < RawVectors.CAPACITY && times.contains(timestamps[end])) {
      end++;
    }
    return end - row;
  }

  private @Nullable RecordBlock nextBlock(EventRanges ranges) {
    while (true) {
      if (isCancelled.getAsBoolean()) {
        throw new CancellationException("cancelled");
      }
      BlockCursor open = cursor;
      if (open != null && stream != null) {
        RecordBlock next = open.next();
        if (next != null) {
          block = next;
          eventClass = 0;
          row = 0;
          return next;
        }
      }
      EventRanges.Range range = ranges.take();
      if (range == null) {
        close();
        return null;
      }
      if (open != null && range.stream().equals(stream)) {
        open.restart(range.firstPacket(), range.endPacket());
      } else {
        close();
        open = enter(range);
      }
      Long begin = relation.times().begin();
      if (begin != null) {
        open.skipBefore(begin);
      }
    }
  }

  private BlockCursor enter(EventRanges.Range range) {
    DataStream entered = range.stream();
    stream = entered;
    traceName = entered.trace().name().getBytes(StandardCharsets.UTF_8);
    streamName = entered.name().getBytes(StandardCharsets.UTF_8);
    BlockCursor opened =
        entered.cursor(range.firstPacket(), range.endPacket(), projection, diagnostics);
    cursor = opened;
    return opened;
  }

  private void gatherTimestamps(RecordBlock current, int rows) {
    if (timestamps.length < rows) {
      timestamps = new long[Math.max(rows, 2 * timestamps.length)];
    }
    long[] ns = current.timestampsNs();
    int[] classes = current.eventClasses();
    int[] rowsOfRecords = current.rows();
    for (int i = 0; i < current.size(); i++) {
      if (classes[i] == eventClass) {
        timestamps[rowsOfRecords[i]] = ns[i];
      }
    }
  }

  private void write(RecordBlock current, Batch batch, int rows, ByteBuffer chunk) {
    @Nullable FieldSource[] sources = relation.sources(batch.eventClass());
    for (int i = 0; i < wanted.length; i++) {
      ByteBuffer vector = RawVectors.vector(chunk, i);
      int column = wanted[i];
      switch (column) {
        case EventRelation.TS -> writeTimestamps(current, rows, vector);
        case EventRelation.EVENT ->
            repeat(batch.eventClass().displayName().getBytes(StandardCharsets.UTF_8), rows, vector);
        case EventRelation.CPU -> writeCpu(current, rows, vector);
        case EventRelation.TRACE -> repeat(traceName, rows, vector);
        case EventRelation.STREAM -> repeat(streamName, rows, vector);
        default -> {
          FieldSource source = column < sources.length ? sources[column] : null;
          Column values = source == null ? null : column(batch, source);
          if (source == null || values == null) {
            relation.columns().get(column).writer().writeNone(vector, 0, rows);
          } else {
            source.writer().write(values, row, rows, null, vector, 0);
          }
        }
      }
    }
  }

  private static @Nullable Column column(Batch batch, FieldSource source) {
    StructColumn scope = batch.columns(source.scope());
    return scope == null ? null : scope.member(source.index());
  }

  private void writeTimestamps(RecordBlock current, int rows, ByteBuffer vector) {
    if (current.stream().dataStreamClass().defaultClock() == null) {
      relation.columns().get(EventRelation.TS).writer().writeNone(vector, 0, rows);
      return;
    }
    RawVectors.data(vector, (long) rows * Long.BYTES).asLongBuffer().put(0, timestamps, row, rows);
  }

  private void writeCpu(RecordBlock current, int rows, ByteBuffer vector) {
    StructColumn context = current.packetContext();
    if (context == null || !(context.member("cpu_id") instanceof LongColumn cpu)) {
      relation.columns().get(EventRelation.CPU).writer().writeNone(vector, 0, rows);
      return;
    }
    ByteBuffer data = RawVectors.data(vector, (long) rows * Long.BYTES);
    for (int i = 0; i < rows; i++) {
      data.putLong(i * Long.BYTES, cpu.value(0));
    }
  }

  private static void repeat(byte[] text, int rows, ByteBuffer vector) {
    long[] lengths = new long[rows];
    Arrays.fill(lengths, text.length);
    byte[] bytes = new byte[Math.multiplyExact(rows, text.length)];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(text, 0, bytes, i * text.length, text.length);
    }
    RawVectors.assignTexts(vector, 0, bytes, lengths, bytes.length);
  }

  @Override
  public void close() {
    BlockCursor open = cursor;
    cursor = null;
    block = null;
    if (open != null) {
      open.close();
    }
  }
}
