package dev.rideau.server.internal.view;

/// Adds up states that share a stretch of time too short to show each, and tells which to show.
///
/// Work counts before waiting and idling, else a busy row would look idle: of work that which took
/// most of the time, of the rest likewise. Owned by one thread.
final class Mixture {
  /// As many different states are told apart, which is far more than one pixel shows.
  private static final int KINDS = 16;

  /// Work is shown rather than waiting from this part of the time on.
  private static final double VISIBLE = 0.04;

  private final int[] values = new int[KINDS];
  private final double[] times = new double[KINDS];
  private int kinds;

  void clear() {
    kinds = 0;
  }

  boolean isEmpty() {
    return kinds == 0;
  }

  void add(int value, double ns) {
    if (value == 0 || ns <= 0) {
      return;
    }
    for (int i = 0; i < kinds; i++) {
      if (values[i] == value) {
        times[i] += ns;
        return;
      }
    }
    if (kinds < KINDS) {
      values[kinds] = value;
      times[kinds++] = ns;
      return;
    }
    // The smallest makes room and hands on what it had, so that a frequent one wins in the end.
    int least = 0;
    for (int i = 1; i < KINDS; i++) {
      if (times[i] < times[least]) {
        least = i;
      }
    }
    values[least] = value;
    times[least] += ns;
  }

  /// Position of the largest state of work (or of the rest), -1 for none.
  int largest(boolean background) {
    int largest = -1;
    for (int i = 0; i < kinds; i++) {
      if (Meaning.isBackground(values[i]) == background
          && (largest < 0 || times[i] > times[largest])) {
        largest = i;
      }
    }
    return largest;
  }

  /// Position of the state to show, -1 for none.
  int shown() {
    int work = largest(false);
    int rest = largest(true);
    if (work < 0 || rest < 0) {
      return Math.max(work, rest);
    }
    return times[work] >= VISIBLE * (times[work] + times[rest]) ? work : rest;
  }

  int value(int position) {
    return values[position];
  }

  /// How much of the time is shown with a state: its own, and of records that of all, whatever they
  /// are called.
  double part(int position) {
    if (!Meaning.isRecord(values[position])) {
      return times[position];
    }
    double sum = 0;
    for (int i = 0; i < kinds; i++) {
      sum += Meaning.isRecord(values[i]) ? times[i] : 0;
    }
    return sum;
  }
}
