package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Stdout;
import dev.rideau.cli.internal.text.DeltaText;
import dev.rideau.cli.internal.text.RecordText;
import dev.rideau.cli.internal.text.TextBuffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Sends merged lines to standard output in large pieces.
///
/// A line tells the time since the line before. Inside a run of a stream it does so already; where
/// the merge goes from one stream to another it is put right here.
final class LineOutput {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Stdout stdout;
  private final @Nullable DeltaText deltas;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final @Nullable RecycledStrings recycled;
  private final TextBuffer delta = new TextBuffer(32);
  private final TextBuffer changed = new TextBuffer(256);
  private long lastDeltaBase = RecordText.NO_DELTA;

  /// @param deltas null where lines have no time
  /// @param recycled changes lines with empty strings; null leaves them
  LineOutput(Stdout stdout, @Nullable DeltaText deltas, @Nullable RecycledStrings recycled) {
    this.stdout = stdout;
    this.deltas = deltas;
    this.recycled = recycled;
  }

  /// Sends the lines from `from` up to, not including, `to` of a stream. May change them.
  void write(int source, TextRun run, int from, int to) {
    RecycledStrings strings = recycled;
    StringNotes notes = run.notes();
    if (strings == null || notes == null) {
      writePlain(run, from, to);
      return;
    }
    int first = from;
    while (first < to) {
      int line = strings.take(source, run, notes, first, to);
      writePlain(run, first, line);
      if (line < to) {
        writeChanged(strings, run, notes, line);
      }
      first = line + 1;
    }
  }

  private void writePlain(TextRun run, int from, int to) {
    int first = from;
    int end = to;
    if (run.notes() != null) {
      while (first < end && run.isMark(first)) {
        first++;
      }
      while (first < end && run.isMark(end - 1)) {
        end--;
      }
    }
    if (first < end) {
      int start = putDelta(run, first);
      lastDeltaBase = run.deltaBase(end - 1);
      put(run.text().bytes(), start, run.lineStart(end) - start);
    }
  }

  private void writeChanged(RecycledStrings strings, TextRun run, StringNotes notes, int line) {
    int sent = putDelta(run, line);
    lastDeltaBase = run.deltaBase(line);
    changed.clear();
    strings.put(changed, run, notes, line);
    // Strings stand behind the times, so what was sent of the line is the same in both texts.
    int skipped = sent - run.lineStart(line);
    put(changed.bytes(), skipped, changed.size() - skipped);
  }

  /// Puts the difference of a line right and returns the first byte not yet sent.
  private int putDelta(TextRun run, int line) {
    byte[] bytes = run.text().bytes();
    int start = run.lineStart(line);
    int span = run.deltaSpan(line);
    DeltaText text = deltas;
    if (text == null || span == 0) {
      return start;
    }
    int deltaStart = start + (span >>> 8);
    int deltaEnd = deltaStart + (span & 0xFF);
    if (text.putInPlace(bytes, deltaStart, deltaEnd, lastDeltaBase, run.deltaBase(line))) {
      return start;
    }
    delta.clear();
    text.put(delta, lastDeltaBase, run.deltaBase(line));
    if (delta.size() == deltaEnd - deltaStart) {
      System.arraycopy(delta.bytes(), 0, bytes, deltaStart, delta.size());
      return start;
    }
    put(bytes, start, deltaStart - start);
    put(delta.bytes(), 0, delta.size());
    return deltaEnd;
  }

  private void put(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, count);
      at += count;
      left -= count;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  /// Sends what is still held back.
  void flush() {
    buffer.flip();
    stdout.write(buffer);
    buffer.clear();
  }
}
