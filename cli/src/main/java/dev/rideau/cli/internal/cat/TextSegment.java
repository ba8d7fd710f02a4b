package dev.rideau.cli.internal.cat;

import java.util.ArrayDeque;

/// Successive packets of a data stream on their way to text. Guarded by the lock of [ParallelText],
/// but for what [StreamLines] does.
final class TextSegment {
  /// Writes the lines; by one thread at a time.
  final StreamLines lines;

  /// Runs that are written and not yet asked for.
  final ArrayDeque<TextRun> ready = new ArrayDeque<>();

  /// Whether a thread is writing.
  boolean running;

  /// Whether there is nothing left to write.
  boolean ended;

  /// How far the segment is, in nanoseconds.
  long progressNs;

  TextSegment(StreamLines lines, long progressNs) {
    this.lines = lines;
    this.progressNs = progressNs;
  }
}
