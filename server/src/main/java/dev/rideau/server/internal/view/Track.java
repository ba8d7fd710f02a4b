package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.Pyramid.Visitor;
import org.jspecify.annotations.Nullable;

/// The states of one row. Immutable.
final class Track {
  private final StateStore store;

  private final long from;
  private final long to;
  private final Meaning meaning;
  private final @Nullable Pyramid pyramid;
  private final long busyNs;

  /// @param from first state in the store
  /// @param to behind the last, which has value 0 and only tells when the one before ends
  Track(StateStore store, long from, long to, Meaning meaning) {
    this.store = store;
    this.from = from;
    this.to = to;
    this.meaning = meaning;
    pyramid = to - from < Pyramid.FEWEST_STATES ? null : Pyramid.of(store, from, to, meaning);
    long busy = 0;
    for (long i = from; i + 1 < to; i++) {
      if (isWork(store.value(i))) {
        busy += store.beginNs(i + 1) - store.beginNs(i);
      }
    }
    busyNs = busy;
  }

  Meaning meaning() {
    return meaning;
  }

  long beginNs() {
    return store.beginNs(from);
  }

  long endNs() {
    return store.beginNs(to - 1);
  }

  /// Time that was neither nothing nor waiting, also for a CPU, nor idling.
  long busyNs() {
    return busyNs;
  }

  /// What a window shows of the row.
  RowStates states(int row, Window window) {
    RowStates shown = new RowStates(row, window, meaning);
    int level = pyramid == null ? -1 : pyramid.level(window.pixelNs());
    if (pyramid != null && level >= 0) {
      pyramid.visit(level, window.beginNs(), window.endNs(), (Visitor) shown::addBucket);
    } else {
      long first = Math.max(from, store.find(from, to, window.beginNs()));
      for (long i = first; i + 1 < to; i++) {
        long begin = store.beginNs(i);
        if (begin >= window.endNs()) {
          break;
        }
        shown.add(begin, store.beginNs(i + 1), store.value(i));
      }
    }
    shown.finish();
    return shown;
  }

  /// The state at a time; null for nothing.
  @Nullable StateAt at(int row, long ns) {
    long found = store.find(from, to, ns);
    return found < from || found + 1 >= to || store.value(found) == 0 ? null : state(row, found);
  }

  /// The state that begins next behind a time, or began last before the one at that time; null for
  /// none.
  @Nullable StateAt step(int row, long ns, boolean forward) {
    long found = store.find(from, to, ns);
    long i = forward ? found + 1 : found - 1;
    while (i >= from && i + 1 < to) {
      if (store.value(i) != 0) {
        return state(row, i);
      }
      i += forward ? 1 : -1;
    }
    return null;
  }

  private StateAt state(int row, long i) {
    int value = store.value(i);
    return new StateAt(
        row,
        store.beginNs(i),
        store.beginNs(i + 1),
        StateStyle.of(Meaning.code(value)),
        meaning.label(value));
  }

  /// Adds the time of work in each of the equal parts of a window.
  void addBusy(Window window, double[] sums) {
    long first = Math.max(from, store.find(from, to, window.beginNs()));
    double width = window.pixelNs();
    for (long i = first; i + 1 < to; i++) {
      long begin = Math.max(store.beginNs(i), window.beginNs());
      if (begin >= window.endNs()) {
        return;
      }
      if (!isWork(store.value(i))) {
        continue;
      }
      double left = begin - window.beginNs();
      double right = Math.min(store.beginNs(i + 1), window.endNs()) - window.beginNs();
      int part = (int) (left / width);
      while (left < right && part < sums.length) {
        double end = Math.min(right, (part + 1) * width);
        sums[part++] += end - left;
        left = end;
      }
    }
  }

  private static boolean isWork(int value) {
    StateStyle style = StateStyle.of(Meaning.code(value));
    boolean isRunning =
        style.compareTo(StateStyle.RUNNABLE_WOKEN) < 0 || style.compareTo(StateStyle.UNKNOWN) > 0;
    return value != 0 && isRunning && !Meaning.isBackground(value);
  }
}
