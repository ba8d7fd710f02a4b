package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.StringSpans;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is noted of the lines of a [TextRun] for [RecycledStrings].
final class StringNotes {
  private final StringSpans spans = new StringSpans();

  /// By line: class with strings, see [dev.rideau.cli.internal.text.RecordText#stringClass], times
  /// two, plus one when a string is empty; negative for none.
  private int[] classes = new int[1024];

  /// By line: end of its spans.
  private int[] spanEnds = new int[1024];

  /// By line: the memory that babeltrace2 would decode the record into.
  private int[] slots = new int[1024];

  private @Nullable TextRun following;

  StringSpans spans() {
    return spans;
  }

  /// Class of a line, negative for a line without strings.
  int stringClass(int line) {
    return classes[line] >> 1;
  }

  boolean hasEmpty(int line) {
    return (classes[line] & 1) != 0;
  }

  int spanBegin(int line) {
    return line == 0 ? 0 : spanEnds[line - 1];
  }

  int spanEnd(int line) {
    return spanEnds[line];
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

  void addLine(int line, int stringClass) {
    if (line == classes.length) {
      classes = Arrays.copyOf(classes, line * 2);
      spanEnds = Arrays.copyOf(spanEnds, line * 2);
      slots = Arrays.copyOf(slots, line * 2);
    }
    int begin = spanBegin(line);
    boolean hasEmpty = false;
    for (int span = begin; span < spans.size(); span++) {
      hasEmpty |= spans.length(span) == 0;
    }
    classes[line] = stringClass << 1 | (hasEmpty ? 1 : 0);
    spanEnds[line] = spans.size();
  }

  void clear() {
    spans.clear();
    following = null;
  }
}
