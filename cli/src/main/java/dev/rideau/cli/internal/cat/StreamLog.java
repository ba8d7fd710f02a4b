package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.LineTexts;
import dev.rideau.cli.internal.text.StringSpans;
import java.util.Arrays;

/// What [RecycledStrings] needs to know of the lines that a stream has in a [TextPiece], and of
/// some that follow them. Handed on with the piece.
final class StreamLog {
  private int[] stringClasses = new int[64];
  private int[] spanBegins = new int[64];
  private int[] spanEnds = new int[64];
  private final StringSpans spans = new StringSpans();
  private int size;
  private int known;

  /// How many lines the stream has in the piece.
  int size() {
    return size;
  }

  /// How many lines of the stream are known, with those that follow the piece.
  int known() {
    return known;
  }

  /// As [LineTexts#stringClasses()] tells.
  int stringClass(int line) {
    return stringClasses[line];
  }

  StringSpans spans() {
    return spans;
  }

  int spanBegin(int line) {
    return spanBegins[line];
  }

  int spanEnd(int line) {
    return spanEnds[line];
  }

  void clear() {
    size = 0;
    known = 0;
    spans.clear();
  }

  /// Adds lines that are in the piece.
  void add(LineTexts lines, int from, int to) {
    StringSpans added = lines.spans();
    int count = to - from;
    if (count == 0 || added == null) {
      return;
    }
    ensure(size + count);
    System.arraycopy(lines.stringClasses(), from, stringClasses, size, count);
    int base = spans.size();
    for (int i = 0; i < count; i++) {
      spanBegins[size + i] = base + lines.spanBegins()[from + i];
      spanEnds[size + i] = base + lines.spanEnds()[from + i];
    }
    // Texts are written class by class, so the strings of some lines are anywhere among them.
    spans.addAll(added);
    size += count;
    known = size;
  }

  /// Adds lines that follow the piece.
  void addFollowing(LineTexts lines, int from, int to) {
    ensure(known + to - from);
    System.arraycopy(lines.stringClasses(), from, stringClasses, known, to - from);
    known += to - from;
  }

  private void ensure(int count) {
    if (count > stringClasses.length) {
      int capacity = Math.max(count, stringClasses.length * 2);
      stringClasses = Arrays.copyOf(stringClasses, capacity);
      spanBegins = Arrays.copyOf(spanBegins, capacity);
      spanEnds = Arrays.copyOf(spanEnds, capacity);
    }
  }
}
