package dev.rideau.server.internal.view;

import dev.rideau.server.internal.view.Arrow.Kind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// All arrows of a kind, in the order in which they begin. Written by one thread, then only read.
final class ArrowIndex {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK - 1;
  private static final int COLUMNS = 3;
  private static final int BLOCK_BITS = 10;

  private final Kind kind;
  private final MappedFile file;
  private MemorySegment[] chunks = new MemorySegment[0];

  /// The latest end of each block of arrows: what ends before a window need not be looked at.
  private long[] lastEnds = new long[64];

  private long size;

  ArrowIndex(Kind kind, MappedFile file) {
    this.kind = kind;
    this.file = file;
  }

  void add(long beginNs, long durationNs, int fromRow, int toRow) throws IOException {
    int chunk = (int) (size >>> CHUNK_BITS);
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk + 1);
      chunks[chunk] = file.grow((long) COLUMNS * CHUNK * Long.BYTES);
    }
    set(0, beginNs);
    set(1, durationNs);
    set(2, (long) fromRow << 32 | toRow);
    int block = (int) (size >>> BLOCK_BITS);
    if (block == lastEnds.length) {
      lastEnds = Arrays.copyOf(lastEnds, 2 * block);
    }
    long endNs = beginNs + durationNs;
    boolean isFirst = (size & ((1 << BLOCK_BITS) - 1)) == 0;
    lastEnds[block] = isFirst ? endNs : Math.max(lastEnds[block], endNs);
    size++;
  }

  private void set(int column, long value) {
    chunks[(int) (size >>> CHUNK_BITS)].setAtIndex(
        ValueLayout.JAVA_LONG, (size & CHUNK_MASK) * COLUMNS + column, value);
  }

  private long get(long index, int column) {
    return chunks[(int) (index >>> CHUNK_BITS)].getAtIndex(
        ValueLayout.JAVA_LONG, (index & CHUNK_MASK) * COLUMNS + column);
  }

  /// Arrows that meet a window, with both ends in visible rows. Of more than `most` the longest of
  /// each of so many parts of the window.
  Arrows in(Window window, BitSet rows, int most, List<TimelineRow> all) {
    long[] longest = new long[most];
    Arrays.fill(longest, -1);
    double part = ((double) window.endNs() - window.beginNs()) / most;
    long[] first = new long[most];
    long total = 0;
    long inside = find(window.beginNs());
    for (long i = next(0, inside, window.beginNs());
        i < size && get(i, 0) < window.endNs();
        i = next(i + 1, inside, window.beginNs())) {
      long ends = get(i, 2);
      if (rows.get((int) (ends >>> 32)) && rows.get((int) ends)) {
        if (total < most) {
          first[(int) total] = i;
        }
        total++;
        int at = Math.clamp((long) ((get(i, 0) - window.beginNs()) / part), 0, most - 1);
        if (longest[at] < 0 || get(i, 1) > get(longest[at], 1)) {
          longest[at] = i;
        }
      }
    }
    long[] chosen = total <= most ? Arrays.copyOf(first, (int) total) : longest;
    List<Arrow> arrows =
        IntStream.range(0, chosen.length)
            .filter(i -> chosen[i] >= 0)
            .mapToObj(i -> arrow(chosen[i], all))
            .toList();
    return new Arrows(total, arrows);
  }

  // The next arrow that does not end before a window. Those from `inside` on begin in it.
  private long next(long from, long inside, long beginNs) {
    long i = from;
    while (i < inside) {
      if (lastEnds[(int) (i >>> BLOCK_BITS)] < beginNs) {
        i = ((i >>> BLOCK_BITS) + 1) << BLOCK_BITS;
      } else if (get(i, 0) + get(i, 1) < beginNs) {
        i++;
      } else {
        return i;
      }
    }
    return i;
  }

  private Arrow arrow(long index, List<TimelineRow> all) {
    long ends = get(index, 2);
    int from = (int) (ends >>> 32);
    int to = (int) ends;
    String verb = kind == Kind.WAKEUP ? " wakes " : " to ";
    return new Arrow(
        kind,
        from,
        get(index, 0),
        to,
        get(index, 0) + get(index, 1),
        all.get(from).name() + verb + all.get(to).name());
  }

  private long find(long ns) {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (get(middle, 0) < ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
