package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.trace.TimedBlock;
import java.util.Arrays;

/// Lines of successive records of one data stream. Filled by one thread, then handed over.
final class TextRun implements TimedBlock {
  private final TextBuffer text;
  private int[] lineStarts = new int[1024];
  private long[] timestampsNs = new long[1024];
  private long[] deltaBases = new long[1024];
  private int size;

  TextRun(int capacityBytes) {
    text = new TextBuffer(capacityBytes);
  }

  /// The lines, one behind the other.
  TextBuffer text() {
    return text;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long[] timestampsNs() {
    return timestampsNs;
  }

  /// First byte of a line; for the line behind the last one the end of the text.
  int lineStart(int line) {
    return line == size ? text.size() : lineStarts[line];
  }

  /// What the difference to the line before is told from.
  long deltaBase(int line) {
    return deltaBases[line];
  }

  /// Notes that a line starts where the text ends now.
  void startLine(long timestampNs, long deltaBase) {
    if (size == lineStarts.length) {
      lineStarts = Arrays.copyOf(lineStarts, size * 2);
      timestampsNs = Arrays.copyOf(timestampsNs, size * 2);
      deltaBases = Arrays.copyOf(deltaBases, size * 2);
    }
    lineStarts[size] = text.size();
    timestampsNs[size] = timestampNs;
    deltaBases[size] = deltaBase;
    size++;
  }

  /// Forgets all lines, keeps the memory.
  void clear() {
    text.clear();
    size = 0;
  }
}
