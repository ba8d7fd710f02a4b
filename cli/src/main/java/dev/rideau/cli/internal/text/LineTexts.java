package dev.rideau.cli.internal.text;

import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.TimedBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines of successive records of one data stream, without the times that stand before them. Used
/// by one thread at a time.
///
/// A line may also be a *mark*: something that happens in the stream and has no text. In memory the
/// texts stand in the order in which they were written, which is by event class.
public final class LineTexts implements TimedBlock {
  /// The class of a line without strings that matter.
  public static final int NO_CLASS = -1;

  private final TextBuffer text;
  private final boolean cycles;
  private final @Nullable StringSpans spans;
  private int size;
  private int packet;
  private long[] timestampsNs = new long[64];
  private long[] clockValues = new long[0];
  private long[] offsetsBits = new long[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] stringClasses = new int[0];
  private int[] spanBegins = new int[0];
  private int[] spanEnds = new int[0];

  /// @param cycles whether clock values are shown and not nanoseconds
  /// @param withStrings whether to note where strings stand
  public LineTexts(int capacityBytes, boolean cycles, boolean withStrings) {
    text = new TextBuffer(capacityBytes);
    this.cycles = cycles;
    spans = withStrings ? new StringSpans() : null;
    text.strings = spans;
  }

  /// Forgets all lines, keeps the memory.
  ///
  /// @param packet index of the packet that the next lines are of
  public void restart(int packet) {
    this.packet = packet;
    size = 0;
    text.clear();
    if (spans != null) {
      spans.clear();
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long[] timestampsNs() {
    return timestampsNs;
  }

  /// What is shown as the time of each line, and told the differences from.
  public long[] shownTimes() {
    return cycles ? clockValues : timestampsNs;
  }

  /// Packet of the lines.
  public int packet() {
    return packet;
  }

  /// Where each line comes from in the packet: bit of the file, or for marks a number of their own.
  public long[] offsetsBits() {
    return offsetsBits;
  }

  /// The texts.
  public TextBuffer text() {
    return text;
  }

  /// Whether a string is empty that babeltrace2 may print something else for.
  public boolean hasEmptyString() {
    return text.hasEmptyString;
  }

  /// First byte of the text of each line. Where [LineTimes#hasPrefix()], the times of a line that
  /// is not before the origin of the clock stand before it, but for the difference.
  public int[] starts() {
    return starts;
  }

  /// Byte behind the text of each line.
  public int[] ends() {
    return ends;
  }

  /// By line: twice the number of its string class, and 1 more when one of its strings is empty or
  /// missing; [#NO_CLASS] when there is none.
  public int[] stringClasses() {
    return stringClasses;
  }

  /// First of the strings of each line, among [#spans()].
  public int[] spanBegins() {
    return spanBegins;
  }

  /// Behind the last of the strings of each line.
  public int[] spanEnds() {
    return spanEnds;
  }

  /// Where strings stand; null when nobody asks.
  public @Nullable StringSpans spans() {
    return spans;
  }

  /// Appends a mark.
  ///
  /// @param number unlike those of the other marks of the stream
  public void addMark(long timestampNs, long number) {
    int line = size++;
    ensureLines(line + 1);
    timestampsNs[line] = timestampNs;
    offsetsBits[line] = number;
    if (cycles) {
      clockValues[line] = 0;
    }
    starts[line] = text.size;
    ends[line] = text.size;
    if (spans != null) {
      stringClasses[line] = NO_CLASS;
      spanBegins[line] = 0;
      spanEnds[line] = 0;
    }
  }

  /// Takes the first lines away; they and all others are marks.
  public void removeMarks(int count) {
    size -= count;
    System.arraycopy(timestampsNs, count, timestampsNs, 0, size);
    System.arraycopy(offsetsBits, count, offsetsBits, 0, size);
  }

  /// Appends lines for records, of which the texts have to be set.
  ///
  /// @return the first of them
  int addLines(RecordBlock block, int from, int to) {
    int first = size;
    int count = to - from;
    ensureLines(first + count);
    System.arraycopy(block.timestampsNs(), from, timestampsNs, first, count);
    System.arraycopy(block.offsetsBits(), from, offsetsBits, first, count);
    if (cycles) {
      System.arraycopy(block.clockValues(), from, clockValues, first, count);
    }
    if (spans != null) {
      Arrays.fill(stringClasses, first, first + count, NO_CLASS);
    }
    size = first + count;
    return first;
  }

  private void ensureLines(int count) {
    if (count > starts.length) {
      int capacity = Math.max(count, starts.length * 2);
      timestampsNs = Arrays.copyOf(timestampsNs, capacity);
      offsetsBits = Arrays.copyOf(offsetsBits, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    if (cycles && count > clockValues.length) {
      clockValues = Arrays.copyOf(clockValues, starts.length);
    }
    if (spans != null && count > stringClasses.length) {
      stringClasses = Arrays.copyOf(stringClasses, starts.length);
      spanBegins = Arrays.copyOf(spanBegins, starts.length);
      spanEnds = Arrays.copyOf(spanEnds, starts.length);
    }
  }
}
