package dev.rideau.server.internal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a row with many states looks like from afar: for buckets of time of 2^n ns, which work and
/// which waiting took most of each.
///
/// The buckets of a level are half as long as those of the next. The lowest level has a bucket for
/// about eight states; below it the states themselves are few enough to be looked at. Built once,
/// then only read.
final class Pyramid {
  private static final int STATES_PER_BUCKET = 8;
  private static final int FEWEST_BUCKETS = 256;

  /// Rows with fewer states need none.
  static final int FEWEST_STATES = 4096;

  private final long originNs;
  private final List<Level> levels;

  /// Buckets of one length.
  ///
  /// @param shift length as power of two of nanoseconds
  private record Level(int shift, int[] work, byte[] workShare, int[] rest, byte[] restShare) {}

  private Pyramid(long originNs, List<Level> levels) {
    this.originNs = originNs;
    this.levels = levels;
  }

  /// Over states `[from, to)` of a store.
  static Pyramid of(StateStore store, long from, long to, Meaning meaning) {
    long origin = store.beginNs(from);
    long span = Math.max(1, store.beginNs(to - 1) - origin);
    double bucketNs = (double) span / Math.max(1, (to - from) / STATES_PER_BUCKET);
    int shift = Math.clamp(63 - Long.numberOfLeadingZeros(Math.max(1, (long) bucketNs)), 0, 61);
    List<Building> building = new ArrayList<>();
    do {
      building.add(new Building(shift, (int) (span >>> shift) + 1));
      shift++;
    } while ((span >>> shift) > FEWEST_BUCKETS);
    for (long i = from; i + 1 < to; i++) {
      int value = meaning.common(store.value(i));
      if (value != 0) {
        long begin = store.beginNs(i) - origin;
        long end = store.beginNs(i + 1) - origin;
        for (Building level : building) {
          level.add(begin, end, value);
        }
      }
    }
    return new Pyramid(origin, building.stream().map(Building::finish).toList());
  }

  /// Number of the level whose buckets are as long as possible but no longer than a time; -1 when
  /// all are longer.
  int level(double ns) {
    int found = -1;
    for (int i = 0; i < levels.size() && (double) (1L << levels.get(i).shift) <= ns; i++) {
      found = i;
    }
    return found;
  }

  /// Hands the buckets of a level that meet a range of time to somebody.
  void visit(int level, long beginNs, long endNs, Visitor visitor) {
    Level chosen = levels.get(level);
    int shift = chosen.shift;
    int count = chosen.work.length;
    long first = Math.max(0, beginNs - originNs) >> shift;
    for (long i = first; i < count; i++) {
      long begin = originNs + (i << shift);
      if (begin >= endNs) {
        return;
      }
      int at = (int) i;
      visitor.bucket(
          begin,
          begin + (1L << shift),
          chosen.work[at],
          (chosen.workShare[at] & 0xff) / 255.0,
          chosen.rest[at],
          (chosen.restShare[at] & 0xff) / 255.0);
    }
  }

  /// Is shown buckets.
  interface Visitor {
    /// @param work the largest state of work, 0 for none
    /// @param workShare its part of the time
    void bucket(long beginNs, long endNs, int work, double workShare, int rest, double restShare);
  }

  /// A level while states come in the order of time.
  private static final class Building {
    private final int shift;
    private final int[] work;
    private final byte[] workShare;
    private final int[] rest;
    private final byte[] restShare;
    private final Mixture mixture = new Mixture();
    private int current;

    Building(int shift, int count) {
      this.shift = shift;
      work = new int[count];
      workShare = new byte[count];
      rest = new int[count];
      restShare = new byte[count];
    }

    void add(long begin, long end, int value) {
      int first = (int) (begin >>> shift);
      int last = (int) ((end - 1) >>> shift);
      if (first > current) {
        flush();
        current = first;
      }
      if (first == last) {
        mixture.add(value, end - begin);
        return;
      }
      mixture.add(value, ((long) (first + 1) << shift) - begin);
      flush();
      boolean isRest = Meaning.isBackground(value);
      if (last > first + 1) {
        Arrays.fill(isRest ? rest : work, first + 1, last, value);
        Arrays.fill(isRest ? restShare : workShare, first + 1, last, (byte) 255);
      }
      current = last;
      mixture.add(value, end - ((long) last << shift));
    }

    private void flush() {
      double length = (double) (1L << shift);
      int largest = mixture.largest(false);
      if (largest >= 0) {
        work[current] = mixture.value(largest);
        workShare[current] = share(mixture.part(largest) / length);
      }
      largest = mixture.largest(true);
      if (largest >= 0) {
        rest[current] = mixture.value(largest);
        restShare[current] = share(mixture.part(largest) / length);
      }
      mixture.clear();
    }

    // What is there stays visible, however short.
    private static byte share(double part) {
      return (byte) Math.clamp(Math.round(part * 255), 1, 255);
    }

    Level finish() {
      flush();
      return new Level(shift, work, workShare, rest, restShare);
    }
  }
}
