package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.TextBuffer;
import dev.rideau.trace.TimedBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of successive records of one data stream. Filled by one thread, then handed over.
final class TextRun implements TimedBlock {
  private final TextBuffer text;
  private long[] timestampsNs = new long[1024];

  /// By line: its first byte in the lower half, where the difference stands in the upper half. One
  /// array, because the merging thread reads it from the memory of another core.
  private long[] places = new long[1024];

  private final boolean cycles;
  private long[] deltaBases = new long[0];
  private int size;

  /// What [RecycledStrings] needs; null when nobody asks.
  private final @Nullable StringNotes notes;

  /// @param cycles whether differences between lines are not those of timestamps
  /// @param withNotes whether to note where strings stand
  TextRun(int capacityBytes, boolean cycles, boolean withNotes) {
    text = new TextBuffer(capacityBytes);
    notes = withNotes ? new StringNotes() : null;
    if (notes != null) {
      text.note(notes.spans());
    }
    this.cycles = cycles;
    if (cycles) {
      deltaBases = new long[timestampsNs.length];
    }
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
    return line == size ? text.size() : (int) places[line];
  }

  /// What the difference to the line before is told from.
  long deltaBase(int line) {
    return cycles ? deltaBases[line] : timestampsNs[line];
  }

  /// Where in the line the difference stands, as [RecordText#put] says.
  int deltaSpan(int line) {
    return (int) (places[line] >>> 32);
  }

  /// Where strings stand, if that is noted.
  @Nullable StringNotes notes() {
    return notes;
  }

  /// Notes that something happens at a time that has no line.
  void addMark(long timestampNs) {
    addLine(text.size(), 0, timestampNs, 0, -1, 0);
  }

  /// Whether the line is only a mark.
  boolean isMark(int line) {
    return lineStart(line) == lineStart(line + 1);
  }

  /// Notes a line that was written.
  ///
  /// @param stringClass as [RecordText#stringClass] says
  /// @param stringLeaves as [RecordText#stringLeaves] says
  void addLine(
      int start,
      int deltaSpan,
      long timestampNs,
      long deltaBase,
      int stringClass,
      int stringLeaves) {
    int line = size;
    if (line == places.length) {
      grow();
    }
    places[line] = (long) deltaSpan << 32 | start;
    timestampsNs[line] = timestampNs;
    if (cycles) {
      deltaBases[line] = deltaBase;
    }
    if (notes != null) {
      notes.addLine(line, stringClass, stringLeaves);
    }
    size = line + 1;
  }

  private void grow() {
    int capacity = size * 2;
    places = Arrays.copyOf(places, capacity);
    timestampsNs = Arrays.copyOf(timestampsNs, capacity);
    if (cycles) {
      deltaBases = Arrays.copyOf(deltaBases, capacity);
    }
  }

  /// Forgets all lines, keeps the memory.
  void clear() {
    text.clear();
    size = 0;
    if (notes != null) {
      notes.clear();
    }
  }
}
