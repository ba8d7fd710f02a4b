package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.LineTexts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the lines of many data streams in order, some at a time. Used by one thread.
///
/// The order is total: by timestamp, then by position of the stream in the list, then by position
/// in the stream. A stream whose time goes back is not reordered: its next line counts as no
/// earlier than the one before it. [dev.rideau.trace.Merger] orders in the same way; this one is
/// for few streams that take turns line by line, where the next stream cannot be foreseen: it looks
/// at all of them without a branch that depends on it.
final class LineMerger {
  private static final int MOST_LINES = 256;

  private final List<StreamLines> streams;
  private final @Nullable LineTexts[] lines;
  private final int[] positions;

  /// Streams with lines left, in their order, and the time that the next line of each counts as.
  private final int[] open;

  private final long[] openNs;
  private int openCount;

  /// By stream: the time that its next line counts as no earlier than.
  private final long[] earliestNs;

  /// The lines found.
  private final int[] foundSources = new int[MOST_LINES];

  private final int[] foundLines = new int[MOST_LINES];
  private long lastNs;
  private boolean started;
  private boolean hasEmptyString;

  /// Index in `open` of the stream whose lines are all found, or -1.
  private int usedUp;

  LineMerger(List<StreamLines> streams) {
    this.streams = streams;
    int count = streams.size();
    lines = new LineTexts[count];
    positions = new int[count];
    open = new int[count];
    openNs = new long[count];
    earliestNs = new long[count];
  }

  /// Starts anew.
  ///
  /// @param earliestNs by stream: what its lines count as no earlier than
  void restart(long[] earliestNs) {
    System.arraycopy(earliestNs, 0, this.earliestNs, 0, earliestNs.length);
    started = false;
    usedUp = -1;
    openCount = 0;
  }

  /// Finds the next lines before a time; `Long.MAX_VALUE` stands for no such limit. Those found
  /// before are given back.
  ///
  /// @return how many; 0 when there are none
  int advance(long endNs) {
    if (!started) {
      started = true;
      for (int source = 0; source < lines.length; source++) {
        if (load(source)) {
          open[openCount] = source;
          openNs[openCount++] = earliestNs[source];
        }
      }
    } else if (usedUp >= 0) {
      int source = open[usedUp];
      if (load(source)) {
        openNs[usedUp] = earliestNs[source];
      } else {
        openCount--;
        System.arraycopy(open, usedUp + 1, open, usedUp, openCount - usedUp);
        System.arraycopy(openNs, usedUp + 1, openNs, usedUp, openCount - usedUp);
      }
      usedUp = -1;
    }
    return find(endNs);
  }

  private int find(long endNs) {
    long[] times = openNs;
    int streamCount = openCount;
    int count = 0;
    while (count < MOST_LINES && usedUp < 0 && streamCount > 0) {
      int best = 0;
      long bestNs = times[0];
      for (int i = 1; i < streamCount; i++) {
        long ns = times[i];
        best = ns < bestNs ? i : best;
        bestNs = Math.min(ns, bestNs);
      }
      if (bestNs >= endNs && endNs != Long.MAX_VALUE) {
        break;
      }
      int source = open[best];
      LineTexts of = lines(source);
      int line = positions[source]++;
      foundSources[count] = source;
      foundLines[count++] = line;
      lastNs = bestNs;
      if (line + 1 < of.size()) {
        times[best] = Math.max(bestNs, of.timestampsNs()[line + 1]);
      } else {
        usedUp = best;
        earliestNs[source] = bestNs;
      }
    }
    return count;
  }

  private boolean load(int source) {
    LineTexts next = streams.get(source).next();
    lines[source] = next;
    positions[source] = 0;
    if (next == null) {
      return false;
    }
    hasEmptyString |= next.hasEmptyString();
    earliestNs[source] = Math.max(earliestNs[source], next.timestampsNs()[0]);
    return true;
  }

  /// The stream of a line that was found.
  int source(int index) {
    return foundSources[index];
  }

  /// Which line that is of [#lines].
  int line(int index) {
    return foundLines[index];
  }

  /// The lines of a stream that those found are among.
  LineTexts lines(int source) {
    LineTexts of = lines[source];
    if (of == null) {
      throw new IllegalStateException("no lines of stream " + source);
    }
    return of;
  }

  /// The time that the last line found counts as.
  long lastNs() {
    return lastNs;
  }

  /// The first line of a stream that was not found yet; may be behind the last of [#lines].
  int position(int source) {
    return positions[source];
  }

  /// What lines of a stream that were not found yet count as no earlier than.
  long earliestNs(int source) {
    for (int i = 0; i < openCount; i++) {
      if (open[i] == source && i != usedUp) {
        return openNs[i];
      }
    }
    return earliestNs[source];
  }

  /// Whether an empty string was met since the last call.
  boolean takeHasEmptyString() {
    boolean has = hasEmptyString;
    hasEmptyString = false;
    return has;
  }
}
