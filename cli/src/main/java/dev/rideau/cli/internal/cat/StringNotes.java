package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.StringSpans;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is noted of the lines of a [TextRun] for [RecycledStrings].
///
/// ```
/// entry of a line:  class (31 bits)  special (1 bit)  end of its spans (32 bits)
/// ```
///
/// The class is that of [dev.rideau.cli.internal.text.RecordText#stringClass], negative for none. A
/// line is special when one of its strings is empty or missing.
final class StringNotes {
  private final StringSpans spans = new StringSpans();
  private long[] entries = new long[1024];

  /// By line: the memory that babeltrace2 would decode the record into.
  private int[] slots = new int[1024];

  private @Nullable TextRun following;

  StringSpans spans() {
    return spans;
  }

  long entry(int line) {
    return entries[line];
  }

  static int stringClass(long entry) {
    return (int) (entry >> 33);
  }

  static boolean isSpecial(long entry) {
    return (entry >> 32 & 1) != 0;
  }

  int spanBegin(int line) {
    return line == 0 ? 0 : (int) entries[line - 1];
  }

  int spanEnd(int line) {
    return (int) entries[line];
  }

  int slot(int line) {
    return slots[line];
  }

  void setSlot(int line, int slot) {
    slots[line] = slot;
  }

  /// The run behind this one in its stream, once it is known.
  @Nullable TextRun following() {
    return following;
  }

  void setFollowing(TextRun run) {
    following = run;
  }

  /// Notes the class of a line of which the spans are noted.
  ///
  /// @param leaves how many strings the class has
  void addLine(int line, int stringClass, int leaves) {
    if (line == entries.length) {
      entries = Arrays.copyOf(entries, line * 2);
      slots = Arrays.copyOf(slots, line * 2);
    }
    int begin = spanBegin(line);
    int end = spans.size();
    boolean special = end - begin != leaves;
    for (int span = begin; span < end; span++) {
      special |= spans.length(span) == 0;
    }
    entries[line] = (long) stringClass << 33 | (special ? 1L << 32 : 0) | end;
  }

  void clear() {
    spans.clear();
    following = null;
  }
}
