package dev.rideau.server.internal.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a window shows of a row: segments in the order of time that do not meet. A state wider than
/// a pixel is a segment of its own with its true ends; several narrower ones share one.
public final class RowStates {
  /// What [#share] tells of few records in the time of a pixel.
  static final int SPARSEST = 40;

  private final int row;
  private final Window window;
  private final Meaning meaning;
  private final double pixelNs;
  private final Mixture mixture = new Mixture();
  private long mixedFrom;
  private long mixedTo;

  private int size;
  private long[] begins = new long[16];
  private long[] ends = new long[16];
  private int[] values = new int[16];
  private byte[] shares = new byte[16];

  RowStates(int row, Window window, Meaning meaning) {
    this.row = row;
    this.window = window;
    this.meaning = meaning;
    pixelNs = window.pixelNs();
  }

  public int row() {
    return row;
  }

  /// Number of segments.
  public int size() {
    return size;
  }

  /// Begin of a segment, within the window, absolute.
  public long beginNs(int segment) {
    return begins[segment];
  }

  /// End of a segment, within the window, absolute.
  public long endNs(int segment) {
    return ends[segment];
  }

  /// The state that it shows.
  public StateStyle style(int segment) {
    return StateStyle.of(code(segment));
  }

  /// [StateStyle#code()] of the state that it shows.
  public int code(int segment) {
    return Meaning.code(values[segment]);
  }

  /// How much of its time has this state, 1 to 100. Records take no time: of them how dense they
  /// are, [#SPARSEST] to 100, so that a single one is seen as well.
  public int share(int segment) {
    return shares[segment];
  }

  /// More about the state, where there is something.
  public @Nullable String label(int segment) {
    return meaning.label(values[segment]);
  }

  /// Takes a state; they come in the order of time.
  void add(long beginNs, long endNs, int value) {
    long begin = Math.max(beginNs, window.beginNs());
    long end = Math.min(endNs, window.endNs());
    if (begin >= end) {
      return;
    }
    if (end - begin >= pixelNs) {
      flush();
      if (value != 0) {
        append(begin, end, value, 100);
      }
      return;
    }
    open(begin);
    mixture.add(value, end - begin);
    close(end);
  }

  /// Takes a bucket of a pyramid.
  void addBucket(long beginNs, long endNs, int work, double workShare, int rest, double restShare) {
    long begin = Math.max(beginNs, window.beginNs());
    long end = Math.min(endNs, window.endNs());
    if (begin >= end) {
      return;
    }
    open(begin);
    mixture.add(work, workShare * (end - begin));
    mixture.add(rest, restShare * (end - begin));
    close(end);
  }

  private void open(long begin) {
    if (mixedFrom == mixedTo) {
      mixedFrom = begin;
    }
  }

  private void close(long end) {
    mixedTo = end;
    if (mixedTo - mixedFrom >= pixelNs) {
      flush();
    }
  }

  void finish() {
    flush();
  }

  private void flush() {
    long from = mixedFrom;
    long to = mixedTo;
    mixedFrom = mixedTo;
    if (from == to) {
      return;
    }
    int shown = mixture.shown();
    if (shown >= 0) {
      int value = mixture.value(shown);
      boolean isRecord = Meaning.isRecord(value);
      double length = isRecord ? Math.max(to - from, pixelNs) : to - from;
      double part = mixture.part(shown) / length;
      append(from, to, value, isRecord ? density(part) : rounded(100 * part));
    }
    mixture.clear();
  }

  // A step for each 2.5 times as many.
  private static int density(double part) {
    return Math.clamp(10 * Math.round(10 + 2.5 * Math.log10(part)), SPARSEST, 100);
  }

  // Few steps, so that neighbours that look alike become one.
  private static int rounded(double percent) {
    if (percent >= 98) {
      return 100;
    }
    return percent < 10 ? (int) Math.max(1, Math.ceil(percent / 3) * 3) : (int) (percent / 10) * 10;
  }

  private void append(long begin, long end, int value, int share) {
    if (size > 0
        && ends[size - 1] == begin
        && shares[size - 1] == share
        && (share == 100 ? values[size - 1] == value : sameLook(values[size - 1], value))) {
      ends[size - 1] = end;
      return;
    }
    if (size == begins.length) {
      int capacity = 2 * size;
      begins = Arrays.copyOf(begins, capacity);
      ends = Arrays.copyOf(ends, capacity);
      values = Arrays.copyOf(values, capacity);
      shares = Arrays.copyOf(shares, capacity);
    }
    begins[size] = begin;
    ends[size] = end;
    values[size] = value;
    shares[size++] = (byte) share;
  }

  private boolean sameLook(int value, int other) {
    return meaning.common(value) == meaning.common(other);
  }
}
