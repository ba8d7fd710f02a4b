package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.RecordText;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.filter.StreamFilter;
import org.jspecify.annotations.Nullable;

/// Decodes successive packets of a data stream, chooses records and writes their lines. Used by one
/// thread at a time.
final class StreamLines {
  private final BlockCursor cursor;
  private final RecordText writer;
  private final @Nullable StreamFilter filter;
  private final long beginNs;
  private final long endNs;
  private @Nullable RecordBlock block;
  private int position;
  private long lastDeltaBase = RecordText.NO_DELTA;

  /// Null when nobody asks for marks.
  private final @Nullable PacketMarks marks;

  /// @param filter chooses records; null takes all
  /// @param marks marks packets; null for no marks
  StreamLines(
      BlockCursor cursor,
      RecordText writer,
      @Nullable StreamFilter filter,
      Selection selection,
      @Nullable PacketMarks marks) {
    this.marks = marks;
    this.cursor = cursor;
    this.writer = writer;
    this.filter = filter;
    beginNs = selection.beginNs();
    endNs = selection.endNs();
  }

  /// Starts anew with other packets.
  void restart(int firstPacket, int endPacket) {
    cursor.restart(firstPacket, endPacket);
    if (marks != null) {
      marks.restart(firstPacket, endPacket);
    }
    block = null;
    position = 0;
    lastDeltaBase = RecordText.NO_DELTA;
  }

  /// Writes the next lines until the text has about `limitBytes`.
  ///
  /// @return whether there may be more
  boolean fill(TextRun run, int limitBytes) {
    while (run.text().size() < limitBytes) {
      RecordBlock current = block;
      if (current == null || position == current.size()) {
        current = cursor.next();
        block = current;
        position = 0;
        if (current == null) {
          if (marks != null) {
            marks.end(run);
          }
          return false;
        }
        if (marks != null) {
          marks.enter(run, current);
        }
        writer.enter(current);
      }
      fillFromBlock(run, current, limitBytes);
    }
    return true;
  }

  private void fillFromBlock(TextRun run, RecordBlock current, int limitBytes) {
    long[] timestamps = current.timestampsNs();
    int size = current.size();
    int record = position;
    long base = lastDeltaBase;
    while (record < size && run.text().size() < limitBytes) {
      long ns = timestamps[record];
      if (ns >= beginNs && ns <= endNs && (filter == null || filter.matches(current, record))) {
        long nextBase = writer.deltaBase(current, record);
        int start = run.text().size();
        int deltaSpan = writer.put(run.text(), current, record, base);
        run.addLine(start, deltaSpan, ns, nextBase, writer.stringClass(), writer.stringLeaves());
        base = nextBase;
      }
      record++;
    }
    position = record;
    lastDeltaBase = base;
  }

  void close() {
    cursor.close();
  }
}
