package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.LineTexts;
import dev.rideau.cli.internal.text.RecordText;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.filter.StreamFilter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Decodes a data stream, chooses records and writes their lines, some at a time. Used by one
/// thread at a time.
final class StreamLines {
  private final DataStream stream;
  private final BlockCursor cursor;
  private final RecordText writer;
  private final LineOptions options;
  private final @Nullable StreamFilter filter;

  /// Null when nobody asks for marks.
  private final @Nullable PacketMarks marks;

  private @Nullable RecordBlock block;

  /// The next record of the block.
  private int record;

  private boolean ended;
  private @Nullable StreamStart start;

  /// Whether lines are still passed over.
  private boolean skipping;

  /// The first line that was not passed over, once there was one.
  private StreamPosition first = StreamPosition.END;

  private boolean isFirstKnown;

  /// The lines handed out last.
  private @Nullable LineTexts current;

  /// Lines that were looked at and not handed out yet.
  private final ArrayDeque<LineTexts> following = new ArrayDeque<>();

  private final ArrayDeque<LineTexts> idle = new ArrayDeque<>();

  /// Where lines are noted as they are used up.
  private @Nullable StreamLog log;

  /// How many of the lines handed out last are noted.
  private int logged;

  private int lastPacket;
  private long startedBytes;

  StreamLines(DataStream stream, BlockCursor cursor, RecordText writer, LineOptions options) {
    this.stream = stream;
    this.cursor = cursor;
    this.writer = writer;
    this.options = options;
    filter = options.filter(stream);
    marks = options.withMarks() ? new PacketMarks(stream) : null;
  }

  /// Starts anew.
  void restart(StreamStart start, int endPacket) {
    this.start = start;
    cursor.restart(start.packet(), endPacket);
    cursor.skipBefore(
        start.position() == null
            ? Math.max(start.beginNs(), options.beginNs())
            : options.beginNs());
    if (marks != null) {
      marks.restart(start.packet(), endPacket);
    }
    block = null;
    record = 0;
    ended = false;
    skipping = true;
    first = StreamPosition.END;
    isFirstKnown = false;
    idle.addAll(following);
    following.clear();
    if (current != null) {
      idle.add(current);
      current = null;
    }
    logged = 0;
    // The packet that a slice starts in is begun by the slice before it.
    lastPacket = start.beginNs() == Long.MIN_VALUE ? start.packet() - 1 : start.packet();
    startedBytes = 0;
  }

  /// The next lines, at least one, or null at the end. Those of the call before are given back.
  @Nullable LineTexts next() {
    LineTexts last = current;
    if (last != null) {
      note(last, last.size());
      idle.push(last);
      logged = 0;
    }
    current = following.isEmpty() ? load() : following.poll();
    return current;
  }

  /// The first line that was not passed over.
  StreamPosition first() {
    return first;
  }

  /// Which line that is of those handed out last.
  StreamPosition position(int line) {
    LineTexts lines = current;
    return lines == null ? StreamPosition.END : position(lines, line);
  }

  private static StreamPosition position(LineTexts lines, int line) {
    return new StreamPosition(lines.packet(), lines.offsetsBits()[line]);
  }

  /// Bytes of packets begun since the last call.
  long takeStartedBytes() {
    long bytes = startedBytes;
    startedBytes = 0;
    return bytes;
  }

  // ---------------------------------------------------------------- notes

  /// Notes lines that are used up in `log` from now on.
  void noteIn(StreamLog log) {
    this.log = log;
  }

  /// Notes all lines used up so far, and some of the following ones.
  ///
  /// @param line the first line of those handed out last that is not used up
  void endNotes(int line, int followingCount) {
    LineTexts lines = current;
    StreamLog noted = log;
    if (noted == null || lines == null) {
      return;
    }
    note(lines, line);
    int end = Math.min(lines.size(), line + followingCount);
    noted.addFollowing(lines, line, end);
    int left = followingCount - (end - line);
    for (LineTexts next : following) {
      if (left > 0) {
        int count = Math.min(left, next.size());
        noted.addFollowing(next, 0, count);
        left -= count;
      }
    }
    while (left > 0) {
      LineTexts next = load();
      if (next == null) {
        return;
      }
      following.add(next);
      int count = Math.min(left, next.size());
      noted.addFollowing(next, 0, count);
      left -= count;
    }
  }

  private void note(LineTexts lines, int to) {
    if (log != null) {
      log.add(lines, logged, to);
      logged = to;
    }
  }

  // ---------------------------------------------------------------- lines

  private @Nullable LineTexts load() {
    if (ended) {
      return null;
    }
    LineTexts lines = idle.poll();
    if (lines == null) {
      lines = options.newLines();
    }
    if (!fill(lines)) {
      idle.push(lines);
      return null;
    }
    if (!isFirstKnown) {
      isFirstKnown = true;
      first = position(lines, 0);
    }
    return lines;
  }

  /// Writes the next lines: either marks, or lines of one block.
  ///
  /// @return false when there are no more
  private boolean fill(LineTexts lines) {
    while (true) {
      RecordBlock current = block;
      if (current == null || record == current.size()) {
        current = cursor.next();
        block = current;
        record = 0;
        ended = current == null;
        if (mark(lines, current)) {
          return true;
        }
        if (current == null) {
          return false;
        }
      }
      if (record < current.size()) {
        lines.restart(current.packet());
        fillFromBlock(lines, current);
        if (lines.size() > 0) {
          return true;
        }
      }
    }
  }

  /// Enters a block and marks what comes before it.
  ///
  /// @return whether there are marks
  private boolean mark(LineTexts lines, @Nullable RecordBlock entered) {
    if (entered != null) {
      writer.enter(entered);
      countBytes(entered.packet());
    }
    if (marks == null) {
      return false;
    }
    lines.restart(StreamPosition.MARKS);
    if (entered == null) {
      marks.end(lines);
    } else {
      marks.enter(lines, entered);
    }
    int skipped = 0;
    while (skipping && skipped < lines.size()) {
      skipping =
          isSkipped(
              lines.timestampsNs()[skipped], StreamPosition.MARKS, lines.offsetsBits()[skipped]);
      skipped += skipping ? 1 : 0;
    }
    lines.removeMarks(skipped);
    return lines.size() > 0;
  }

  private void countBytes(int packet) {
    while (lastPacket < packet) {
      startedBytes += (stream.packets().totalBits(++lastPacket) + 7) >>> 3;
    }
  }

  private boolean isSkipped(long ns, int packet, long offsetBits) {
    StreamStart from = start;
    if (from == null) {
      return false;
    }
    StreamPosition wanted = from.position();
    return wanted == null
        ? ns < from.beginNs()
        : wanted.packet() != packet || wanted.offsetBits() != offsetBits;
  }

  private void fillFromBlock(LineTexts lines, RecordBlock current) {
    int from = record;
    if (skipping) {
      long[] timestampsNs = current.timestampsNs();
      long[] offsetsBits = current.offsetsBits();
      while (skipping && record < current.size()) {
        skipping = isSkipped(timestampsNs[record], current.packet(), offsetsBits[record]);
        record += skipping ? 1 : 0;
      }
      writer.skip(current, from, record);
      from = record;
    }
    int to = Math.min(current.size(), from + options.partRecords());
    if (filter == null && !options.isBounded()) {
      writer.put(lines, current, from, to);
    } else {
      putChosen(lines, current, from, to);
    }
    record = to;
  }

  private void putChosen(LineTexts lines, RecordBlock current, int from, int to) {
    int at = from;
    while (at < to) {
      int begin = at;
      while (begin < to && !isChosen(current, begin)) {
        begin++;
      }
      writer.skip(current, at, begin);
      at = begin;
      while (at < to && isChosen(current, at)) {
        at++;
      }
      writer.put(lines, current, begin, at);
    }
  }

  private boolean isChosen(RecordBlock current, int record) {
    long ns = current.timestampsNs()[record];
    return ns >= options.beginNs()
        && ns <= options.endNs()
        && (filter == null || filter.matches(current, record));
  }

  void close() {
    cursor.close();
  }
}
