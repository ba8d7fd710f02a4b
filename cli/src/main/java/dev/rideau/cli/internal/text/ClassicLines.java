package dev.rideau.cli.internal.text;

import dev.rideau.trace.Batch;
import dev.rideau.trace.RecordBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes the records of a data stream in the classic form, class by class: what lines of a class
/// have in common then stays in the nearest cache, and branches go the same way line after line.
/// Used by one thread at a time.
final class ClassicLines implements RecordText {
  private final ClassicText.StreamPlan plan;
  private TextBuffer packetContext = new TextBuffer(64);
  private TextBuffer packetContextBefore = new TextBuffer(64);

  /// By event class.
  private final @Nullable ClassLines[] lines;

  /// By event class: whether its lines are bound to the block entered last.
  private final boolean[] isBound;

  /// By event class: of which packet context its lines are.
  private final int[] contexts;

  private int context;

  /// By event class: the place of row 0 among those just written, if it had been written.
  private final int[] firstPlaces;

  /// Classes with records among those that are written, and the row behind the last of each.
  private final int[] touched;

  private final int[] endRows;
  private final RowPlaces places = new RowPlaces();

  /// Null where lines have no usual times.
  private final @Nullable LineTimes times;

  ClassicLines(ClassicText.StreamPlan plan, @Nullable LineTimes times) {
    this.plan = plan;
    this.times = times;
    int count = plan.classCount();
    lines = new ClassLines[count];
    isBound = new boolean[count];
    contexts = new int[count];
    firstPlaces = new int[count];
    touched = new int[count];
    endRows = new int[count];
  }

  @Override
  public void enter(RecordBlock block) {
    Arrays.fill(isBound, false);
    if (plan.hasPacketContext()) {
      TextBuffer last = packetContext;
      packetContext = packetContextBefore;
      packetContextBefore = last;
      packetContext.clear();
      plan.putPacketContext(packetContext, block);
      if (!packetContext.equalsText(last)) {
        context++;
      }
    }
  }

  @Override
  public void put(LineTexts out, RecordBlock block, int from, int to) {
    int count = touch(block, from, to);
    places.restart(to - from);
    for (int i = 0; i < count; i++) {
      int eventClass = touched[i];
      ClassLines of = lines(block, eventClass);
      firstPlaces[eventClass] = places.size() - of.nextRow();
      of.put(out.text(), places, endRows[eventClass]);
      endRows[eventClass] = 0;
    }
    int first = out.addLines(block, from, to);
    if (count == 1) {
      places.copyAll(out, first);
    } else {
      copy(out, first, block, from, to);
    }
    LineTimes prefixes = times;
    if (prefixes != null) {
      prefixes.putPrefixes(
          out.text().bytes, out.starts(), out.shownTimes(), first, first + to - from);
    }
  }

  /// Puts lines that were written by class into the order of records.
  private void copy(LineTexts out, int firstLine, RecordBlock block, int from, int to) {
    int[] eventClasses = block.eventClasses();
    int[] rows = block.rows();
    int[] fromStarts = places.starts();
    int[] fromEnds = places.ends();
    int[] starts = out.starts();
    int[] ends = out.ends();
    int line = firstLine - from;
    for (int record = from; record < to; record++) {
      int place = firstPlaces[eventClasses[record]] + rows[record];
      starts[line + record] = fromStarts[place];
      ends[line + record] = fromEnds[place];
    }
    if (out.spans() != null) {
      for (int record = from; record < to; record++) {
        int place = firstPlaces[eventClasses[record]] + rows[record];
        places.copyStrings(place, out, line + record);
      }
    }
  }

  @Override
  public void skip(RecordBlock block, int from, int to) {
    int count = touch(block, from, to);
    for (int i = 0; i < count; i++) {
      int eventClass = touched[i];
      lines(block, eventClass).skipTo(endRows[eventClass]);
      endRows[eventClass] = 0;
    }
  }

  /// Finds the classes of records and the rows that end them.
  private int touch(RecordBlock block, int from, int to) {
    int[] eventClasses = block.eventClasses();
    int[] rows = block.rows();
    int count = 0;
    for (int record = from; record < to; record++) {
      int eventClass = eventClasses[record];
      if (endRows[eventClass] == 0) {
        touched[count++] = eventClass;
      }
      endRows[eventClass] = rows[record] + 1;
    }
    return count;
  }

  private ClassLines lines(RecordBlock block, int eventClass) {
    ClassLines known = lines[eventClass];
    if (known != null && isBound[eventClass]) {
      return known;
    }
    Batch batch = block.batch(eventClass);
    if (batch == null) {
      throw new IllegalStateException("a record of a class that was left out");
    }
    if (known == null) {
      known =
          new ClassLines(
              plan.line(batch.eventClass()),
              packetContext,
              times == null ? 0 : times.prefixBytes());
      lines[eventClass] = known;
    } else if (contexts[eventClass] != context) {
      known.setPacketContext(packetContext);
    }
    contexts[eventClass] = context;
    known.bind(batch);
    isBound[eventClass] = true;
    return known;
  }
}
