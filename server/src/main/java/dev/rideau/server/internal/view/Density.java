package dev.rideau.server.internal.view;

/// How many records there are in each part of the time, in a fixed number of parts: where records
/// go on behind the last part, parts become twice as long. Written by one thread, read by any.
public final class Density {
  private static final int PARTS = 2048;

  private final long[] counts = new long[PARTS];
  private long beginNs;
  private long widthNs = 1000;
  private boolean isEmpty = true;

  Density() {}

  /// Adds records in the order of time.
  synchronized void add(long[] ns, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isEmpty) {
        beginNs = ns[i];
        isEmpty = false;
      }
      long part = Math.max(0, ns[i] - beginNs) / widthNs;
      while (part >= PARTS) {
        fold();
        part /= 2;
      }
      counts[(int) part]++;
    }
  }

  private void fold() {
    for (int i = 0; i < PARTS / 2; i++) {
      counts[i] = counts[2 * i] + counts[2 * i + 1];
    }
    java.util.Arrays.fill(counts, PARTS / 2, PARTS, 0);
    widthNs *= 2;
  }

  /// What is known by now.
  ///
  /// @param beginNs begin of the first part, absolute
  /// @param widthNs length of a part
  /// @param counts records in each part, up to the last one that has any
  public record Counts(long beginNs, long widthNs, long[] counts) {}

  /// What is known by now.
  public synchronized Counts counts() {
    int last = PARTS;
    while (last > 0 && counts[last - 1] == 0) {
      last--;
    }
    return new Counts(beginNs, widthNs, java.util.Arrays.copyOf(counts, last));
  }
}
