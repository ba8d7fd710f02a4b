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
  private final TextBuffer delta = new TextBuffer(32);
  private long lastDeltaBase = RecordText.NO_DELTA;

  /// @param deltas null where lines have no time
  LineOutput(Stdout stdout, @Nullable DeltaText deltas) {
    this.stdout = stdout;
    this.deltas = deltas;
  }

  /// Sends the lines from `from` up to, not including, `to`. May change the first of them.
  void write(TextRun run, int from, int to) {
    byte[] bytes = run.text().bytes();
    int start = run.lineStart(from);
    int end = run.lineStart(to);
    if (deltas != null && run.deltaSpan(from) != 0) {
      start = putDelta(deltas, run, from, start);
      lastDeltaBase = run.deltaBase(to - 1);
    }
    put(bytes, start, end - start);
  }

  /// Puts the difference of the first line right and returns the first byte not yet sent.
  private int putDelta(DeltaText text, TextRun run, int line, int start) {
    byte[] bytes = run.text().bytes();
    int span = run.deltaSpan(line);
    int deltaStart = start + (span >>> 8);
    int deltaEnd = deltaStart + (span & 0xFF);
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
