package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.LossLines;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Stdout;
import dev.rideau.cli.internal.text.LineTimes;
import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends pieces to standard output one after the other, with what is only known in order: the time
/// since the last line of the slice before, and what [RecycledStrings] finds. Used by one thread at
/// a time.
final class SliceOutput {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Stdout stdout;
  private final @Nullable LineTimes times;
  private @Nullable RecycledStrings recycled;
  private final LossLines losses;
  private final DiagnosticSink diagnostics;
  private final Progress progress;
  private final long totalBytes;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final TextBuffer delta = new TextBuffer(32);
  private long lastTime = LineTimes.NO_TIME;
  private long startedBytes;

  /// Bytes of the text at hand that are sent.
  private int sent;

  /// What was found in this slice and in the one before. Slices overlap in packets, so the same
  /// things are found again.
  private Set<Diagnostic> found = new HashSet<>();

  private Set<Diagnostic> foundBefore = new HashSet<>();

  /// And before [#restart].
  private final Set<Diagnostic> foundEarlier = new HashSet<>();

  /// Bytes of the output so far, and how many of the first ones were sent before [#restart].
  private long sentBytes;

  private long repeated;

  SliceOutput(
      Stdout stdout,
      @Nullable LineTimes times,
      LossLines losses,
      DiagnosticSink diagnostics,
      Progress progress,
      long totalBytes) {
    this.stdout = stdout;
    this.times = times;
    this.losses = losses;
    this.diagnostics = diagnostics;
    this.progress = progress;
    this.totalBytes = totalBytes;
  }

  /// Starts anew with the first piece. What was sent is not sent again.
  ///
  /// @param strings changes lines with empty strings
  void restart(RecycledStrings strings) {
    recycled = strings;
    repeated = sentBytes;
    sentBytes = 0;
    lastTime = LineTimes.NO_TIME;
    startedBytes = 0;
    foundEarlier.addAll(found);
    foundEarlier.addAll(foundBefore);
    found.clear();
    foundBefore.clear();
  }

  /// Sends the next piece. The last bytes may be held back.
  void write(TextPiece piece) {
    for (Diagnostic diagnostic : piece.diagnostics) {
      boolean isNew = found.add(diagnostic) && !foundBefore.contains(diagnostic);
      boolean isRepeated =
          repeated - sentBytes > piece.text.size() || foundEarlier.contains(diagnostic);
      if (isNew && !isRepeated) {
        diagnostics.report(diagnostic);
      }
    }
    if (piece.lastNs >= losses.nextNs()) {
      losses.printUpTo(piece.lastNs);
    }
    byte[] text = piece.text.bytes();
    sent = 0;
    if (piece.hole >= 0 && times != null) {
      delta.clear();
      times.putDelta(delta, piece.holeTime, lastTime);
      insert(text, piece.hole, delta.bytes(), delta.size());
    }
    if (recycled != null) {
      recycled.follow(piece, (at, kept) -> insert(text, at, kept, kept.length));
    }
    put(text, sent, piece.text.size() - sent);
    if (piece.hasText) {
      lastTime = piece.lastTime;
    }
    startedBytes += piece.startedBytes;
    progress.update(startedBytes, totalBytes);
  }

  private void insert(byte[] text, int at, byte[] inserted, int length) {
    put(text, sent, at - sent);
    sent = at;
    put(inserted, 0, length);
  }

  /// Says that the pieces of a slice are all sent.
  void endSlice() {
    Set<Diagnostic> last = foundBefore;
    foundBefore = found;
    last.clear();
    found = last;
  }

  private void put(byte[] bytes, int offset, int length) {
    int dropped = Math.clamp(repeated - sentBytes, 0, length);
    sentBytes += length;
    int at = offset + dropped;
    int left = length - dropped;
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
