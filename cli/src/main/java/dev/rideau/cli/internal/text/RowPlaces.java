package dev.rideau.cli.internal.text;

/// Where lines stand in a text, in the order in which they were written. Used by one thread at a
/// time.
final class RowPlaces {
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] stringClasses = new int[64];
  private int[] spanBegins = new int[64];
  private int[] spanEnds = new int[64];
  private int size;

  /// Forgets all places; makes room for `capacity` others.
  void restart(int capacity) {
    size = 0;
    if (capacity > starts.length) {
      starts = new int[capacity];
      ends = new int[capacity];
      stringClasses = new int[capacity];
      spanBegins = new int[capacity];
      spanEnds = new int[capacity];
    }
  }

  int size() {
    return size;
  }

  /// Adds empty lines at equal distances.
  ///
  /// @return the place of the first
  int addSlots(int start, int slotBytes, int count) {
    int first = size;
    for (int i = 0; i < count; i++) {
      starts[first + i] = start + i * slotBytes;
      ends[first + i] = start + i * slotBytes;
    }
    size = first + count;
    return first;
  }

  /// Goes back or on to a place.
  void goTo(int place) {
    size = place;
  }

  int[] ends() {
    return ends;
  }

  void add(int start, int end) {
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  /// Notes the strings of the line added last, which are those of `spans` from `begin` on.
  void addStrings(StringSpans spans, int begin, int stringClass, int leafCount) {
    int place = size - 1;
    spanBegins[place] = begin;
    spanEnds[place] = spans.size();
    int code = LineTexts.NO_CLASS;
    if (stringClass >= 0) {
      boolean special = spans.hasEmpty() || spans.size() - begin != leafCount;
      code = stringClass << 1 | (special ? 1 : 0);
      spans.forgetEmpty();
    }
    stringClasses[place] = code;
  }

  /// Sets lines of `lines` to successive places.
  void copyAll(LineTexts lines, int firstLine) {
    System.arraycopy(starts, 0, lines.starts(), firstLine, size);
    System.arraycopy(ends, 0, lines.ends(), firstLine, size);
    if (lines.spans() != null) {
      System.arraycopy(stringClasses, 0, lines.stringClasses(), firstLine, size);
      System.arraycopy(spanBegins, 0, lines.spanBegins(), firstLine, size);
      System.arraycopy(spanEnds, 0, lines.spanEnds(), firstLine, size);
    }
  }

  /// Sets a line of `lines` to a place.
  void copyStrings(int place, LineTexts lines, int line) {
    lines.stringClasses()[line] = stringClasses[place];
    lines.spanBegins()[line] = spanBegins[place];
    lines.spanEnds()[line] = spanEnds[place];
  }

  int[] starts() {
    return starts;
  }
}
