package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.LineTimes;
import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.trace.Diagnostic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines in their final order: a piece of a slice. Filled by one thread, then handed over.
///
/// The first line of a slice has a hole where the time since the line before belongs, which only
/// the thread that writes pieces out knows.
final class TextPiece {
  /// Stands for "no hole".
  static final int NO_HOLE = -1;

  final TextBuffer text;

  /// By stream; empty when nobody asks for strings.
  final StreamLog[] logs;

  /// What was found in the data meanwhile.
  final List<Diagnostic> diagnostics = new ArrayList<>();

  /// By stream: its first line, in the first piece of a slice; else empty.
  final List<StreamPosition> starts = new ArrayList<>();

  /// Whether a string is empty that babeltrace2 may print something else for, and nothing was
  /// noted.
  boolean hasEmptyString;

  /// Where in the text a difference is missing.
  int hole = NO_HOLE;

  /// The time it is told to.
  long holeTime;

  /// Whether there are lines that are not marks.
  boolean hasText;

  /// The time that the first difference behind the piece is told from, if there are lines.
  long lastTime = LineTimes.NO_TIME;

  /// Timestamp of the last line or mark.
  long lastNs = Long.MIN_VALUE;

  /// Bytes of packets that were begun meanwhile.
  long startedBytes;

  /// Lines and marks that were noted.
  private int size;

  private short[] sources = new short[0];
  private int[] bodies = new int[0];

  TextPiece(int capacityBytes, int streams, boolean withStrings) {
    text = new TextBuffer(capacityBytes);
    logs = new StreamLog[withStrings ? streams : 0];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = new StreamLog();
    }
  }

  void clear() {
    text.clear();
    for (StreamLog log : logs) {
      log.clear();
    }
    diagnostics.clear();
    starts.clear();
    hasEmptyString = false;
    hole = NO_HOLE;
    hasText = false;
    lastNs = Long.MIN_VALUE;
    startedBytes = 0;
    size = 0;
  }

  /// How many lines and marks were noted.
  int size() {
    return size;
  }

  /// The stream of a line.
  int source(int line) {
    return sources[line];
  }

  /// Byte of the text behind the times of a line.
  int body(int line) {
    return bodies[line];
  }

  /// Makes room to note more lines.
  void ensureNotes(int count) {
    if (size + count > sources.length) {
      int capacity = Math.max(size + count, Math.max(1024, sources.length * 2));
      sources = Arrays.copyOf(sources, capacity);
      bodies = Arrays.copyOf(bodies, capacity);
    }
  }

  /// Notes a line or mark.
  void note(int source, int body) {
    sources[size] = (short) source;
    bodies[size++] = body;
  }
}
