package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.LineTexts;
import dev.rideau.cli.internal.text.LineTimes;
import dev.rideau.cli.internal.text.RecordTextFactory;
import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Projection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes all data streams over a slice of time and writes the lines in their final order, piece
/// by piece. Used by one thread at a time.
final class SliceText implements AutoCloseable {
  private static final int PIECE_BYTES = 512 << 10;

  /// The last line goes over the end of a piece.
  private static final int PIECE_ROOM_BYTES = 64 << 10;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<DataStream> dataStreams;
  private final List<StreamLines> streams = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final LineOptions options;
  private final @Nullable LineTimes times;
  private final boolean[] timed;

  /// By stream: length of the times that already stand before lines.
  private final int[] prefixes;

  private final long[] earliestNs;
  private final LineMerger merger;
  private long endNs;
  private long left;
  private boolean isFirstPiece;

  /// Whether the slice has lines so far; only then the time of the line before is known.
  private boolean hasLines;

  private boolean hasEmptyString;
  private long lastTime;

  /// @param times what to write before lines; null for nothing
  SliceText(
      List<DataStream> dataStreams,
      RecordTextFactory texts,
      @Nullable LineTimes times,
      LineOptions options) {
    this.dataStreams = dataStreams;
    this.options = options;
    this.times = times;
    timed = new boolean[dataStreams.size()];
    prefixes = new int[dataStreams.size()];
    earliestNs = new long[dataStreams.size()];
    for (DataStream stream : dataStreams) {
      timed[streams.size()] = times != null && stream.dataStreamClass().defaultClock() != null;
      prefixes[streams.size()] = times != null && timed[streams.size()] ? times.prefixBytes() : 0;
      streams.add(
          new StreamLines(
              stream,
              stream.cursor(0, 0, projection(stream, texts), diagnostics::add),
              texts.open(stream),
              options));
    }
    merger = new LineMerger(streams);
  }

  private Projection projection(DataStream stream, RecordTextFactory texts) {
    Projection chosen =
        options.selection().projection(options.selection().filter().forStream(stream));
    // Conditions may be on fields that no line shows.
    return chosen.equals(Projection.ALL) ? texts.projection(stream) : chosen;
  }

  /// A piece to fill.
  TextPiece newPiece() {
    return new TextPiece(PIECE_BYTES + PIECE_ROOM_BYTES, streams.size(), options.withStrings());
  }

  /// Starts with a slice.
  ///
  /// @param starts by stream
  /// @param endNs the slice ends before that time; `Long.MAX_VALUE` for the end of all streams
  /// @param limit most lines to write
  void start(List<StreamStart> starts, long endNs, long limit) {
    this.endNs = endNs;
    left = limit;
    isFirstPiece = true;
    hasLines = false;
    hasEmptyString = false;
    for (int i = 0; i < streams.size(); i++) {
      StreamStart start = starts.get(i);
      earliestNs[i] = start.earliestNs();
      streams.get(i).restart(start, options.selection().endPacket(dataStreams.get(i)));
    }
    merger.restart(earliestNs);
  }

  /// Writes the next lines of the slice to an empty piece.
  ///
  /// @return whether there may be more
  boolean fill(TextPiece piece) {
    for (int i = 0; i < piece.logs.length; i++) {
      streams.get(i).noteIn(piece.logs[i]);
    }
    boolean more = left > 0;
    while (more && piece.text.size() < PIECE_BYTES) {
      int count = merger.advance(endNs);
      if (left != Long.MAX_VALUE) {
        count = limited(count);
      }
      put(piece, count);
      more = count > 0 && left > 0;
    }
    end(piece);
    return more;
  }

  private void end(TextPiece piece) {
    for (int i = 0; i < streams.size(); i++) {
      StreamLines stream = streams.get(i);
      if (piece.logs.length > 0) {
        stream.endNotes(merger.position(i), RecycledStrings.BATCH_MESSAGES);
      }
      if (isFirstPiece) {
        piece.starts.add(stream.first());
      }
      piece.startedBytes += stream.takeStartedBytes();
    }
    hasEmptyString |= merger.takeHasEmptyString();
    piece.hasEmptyString = hasEmptyString && options.withMarks() && !options.withStrings();
    piece.hasText = hasLines;
    isFirstPiece = false;
    piece.lastTime = lastTime;
    piece.diagnostics.addAll(diagnostics);
    diagnostics.clear();
  }

  /// Where the slice ended, by stream, once [#fill] has returned false without a limit.
  List<StreamStart> ends(List<StreamStart> starts) {
    List<StreamStart> ends = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      StreamStart start = starts.get(i);
      ends.add(
          new StreamStart(
              start.packet(),
              start.beginNs(),
              streams.get(i).position(merger.position(i)),
              merger.earliestNs(i)));
    }
    return ends;
  }

  /// Appends the lines that the merger found.
  private void put(TextPiece piece, int count) {
    TextBuffer out = piece.text;
    LineMerger order = merger;
    boolean noted = piece.logs.length > 0;
    if (noted) {
      piece.ensureNotes(count);
    } else if (times == null) {
      putWhole(piece, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int source = order.source(i);
      LineTexts lines = order.lines(source);
      int line = order.line(i);
      int start = lines.starts()[line];
      int length = lines.ends()[line] - start;
      if (length > 0) {
        long time = lines.shownTimes()[line];
        byte[] text = lines.text().bytes();
        int prefix = prefixes[source];
        byte[] bytes = out.room(length + prefix);
        int at = out.size() + prefix;
        if (prefix > 0 && time >= 0 && hasLines) {
          copy(text, start - prefix, bytes, at - prefix, length + prefix);
          if (LineTimes.putUsualDelta(bytes, at, time, lastTime)) {
            out.resize(at + length);
          } else {
            at = putUnusual(piece, source, time, text, start, length);
          }
        } else {
          at = putUnusual(piece, source, time, text, start, length);
        }
        hasLines = true;
        lastTime = time;
        if (noted) {
          piece.note(source, at);
        }
      } else if (noted) {
        piece.note(source, 0);
      }
    }
    if (count > 0) {
      piece.lastNs = Math.max(piece.lastNs, order.lastNs());
    }
  }

  /// Appends lines that have no times before them. Those of one stream that follow each other stand
  /// behind each other in memory too.
  private void putWhole(TextPiece piece, int count) {
    LineMerger order = merger;
    int next = 0;
    while (next < count) {
      int source = order.source(next);
      LineTexts lines = order.lines(source);
      int line = order.line(next);
      int[] starts = lines.starts();
      int[] ends = lines.ends();
      int start = starts[line];
      int end = ends[line];
      for (next++; next < count && order.source(next) == source && starts[++line] == end; next++) {
        end = ends[line];
      }
      piece.text.put(lines.text().bytes(), start, end - start);
      hasLines |= end > start;
    }
    if (count > 0) {
      piece.lastNs = Math.max(piece.lastNs, order.lastNs());
    }
  }

  /// Appends a line of which the times are not all written yet.
  ///
  /// @return where its text starts
  private int putUnusual(
      TextPiece piece, int source, long time, byte[] text, int start, int length) {
    TextBuffer out = piece.text;
    LineTimes before = timed[source] ? times : null;
    if (before != null) {
      before.putTime(out, time);
      if (before.withDelta() && hasLines) {
        before.putDelta(out, time, lastTime);
      } else if (before.withDelta()) {
        piece.hole = out.size();
        piece.holeTime = time;
      }
    }
    int at = out.size();
    out.put(text, start, length);
    return at;
  }

  /// Copies in words. Both arrays have enough slack behind their text.
  private static void copy(byte[] from, int offset, byte[] to, int at, int length) {
    for (int i = 0; i < length; i += 32) {
      LONG.set(to, at + i, (long) LONG.get(from, offset + i));
      LONG.set(to, at + i + 8, (long) LONG.get(from, offset + i + 8));
      LONG.set(to, at + i + 16, (long) LONG.get(from, offset + i + 16));
      LONG.set(to, at + i + 24, (long) LONG.get(from, offset + i + 24));
    }
  }

  /// How many of the lines found there is room for; takes them from what is left.
  private int limited(int count) {
    int taken = 0;
    while (taken < count && left > 0) {
      LineTexts lines = merger.lines(merger.source(taken));
      int line = merger.line(taken++);
      left -= lines.ends()[line] > lines.starts()[line] ? 1 : 0;
    }
    return taken;
  }

  @Override
  public void close() {
    streams.forEach(StreamLines::close);
  }
}
