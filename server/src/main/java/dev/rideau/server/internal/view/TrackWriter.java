package dev.rideau.server.internal.view;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes the states of one row after the other into a store. States of a row come in the order of
/// their begins; where they overlap the earlier one holds.
final class TrackWriter {
  private final StateStore store;
  private final Meaning meaning;
  private long from;
  private long endNs;
  private int last;

  TrackWriter(StateStore store, Meaning meaning) {
    this.store = store;
    this.meaning = meaning;
    from = store.size();
  }

  void add(long beginNs, long durationNs, int value) throws IOException {
    // What took no time that the clock could tell is to be seen all the same.
    long end = beginNs + Math.max(1, durationNs);
    boolean isFirst = store.size() == from;
    long begin = isFirst ? beginNs : Math.max(beginNs, endNs);
    if (end <= begin) {
      return;
    }
    if (!isFirst && begin > endNs && last != 0) {
      store.add(endNs, 0);
      last = 0;
    }
    if (isFirst || value != last) {
      store.add(begin, value);
      last = value;
    }
    endNs = end;
  }

  /// Ends the row; null when it has no states.
  @Nullable Track finish() throws IOException {
    long begin = from;
    if (store.size() == begin) {
      return null;
    }
    store.add(endNs, 0);
    from = store.size();
    last = 0;
    return new Track(store, begin, from, meaning);
  }
}
