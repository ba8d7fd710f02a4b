package dev.rideau.ctf.internal.open;

import java.util.Arrays;
import java.util.List;

/// Puts the packets of the files of one data stream into one order, by begin timestamp, and drops
/// copies: snapshots of one recording session overlap.
///
/// Files are taken one after the other into the order that there is so far. Packets of a later file
/// come before packets of the same begin that are already there, as with babeltrace2.
final class PacketOrder {
  private final List<PacketTable> tables;

  /// Table in the upper half, row in the lower.
  private long[] order = new long[0];

  private PacketOrder(List<PacketTable> tables) {
    this.tables = tables;
  }

  /// The order as pairs, see [#table(long)] and [#row(long)].
  static long[] of(List<PacketTable> tables) {
    PacketOrder packetOrder = new PacketOrder(tables);
    packetOrder.takeFirst();
    for (int table = 1; table < tables.size(); table++) {
      packetOrder.merge(table);
    }
    return packetOrder.order;
  }

  static int table(long pair) {
    return (int) (pair >>> 32);
  }

  static int row(long pair) {
    return (int) pair;
  }

  /// The first file keeps its own order, whatever its times.
  private void takeFirst() {
    order = new long[tables.getFirst().size];
    for (int row = 0; row < order.length; row++) {
      order[row] = row;
    }
  }

  private void merge(int table) {
    int rows = tables.get(table).size;
    long[] merged = new long[order.length + rows];
    int size = 0;
    int old = 0;
    int row = 0;
    while (row < rows) {
      long begin = tables.get(table).beginNs[row];
      while (old < order.length && beginNs(order[old]) < begin) {
        merged[size++] = order[old++];
      }
      // Packets of the same begin each go before the one that was put there last.
      int first = size;
      long head = old < order.length ? order[old] : -1;
      for (; row < rows && tables.get(table).beginNs[row] == begin; row++) {
        long pair = (long) table << 32 | row;
        if (head < 0 || !isSame(pair, head)) {
          merged[size++] = pair;
          head = pair;
        }
      }
      reverse(merged, first, size);
    }
    while (old < order.length) {
      merged[size++] = order[old++];
    }
    order = Arrays.copyOf(merged, size);
  }

  private static void reverse(long[] pairs, int from, int to) {
    for (int low = from, high = to - 1; low < high; low++, high--) {
      long kept = pairs[low];
      pairs[low] = pairs[high];
      pairs[high] = kept;
    }
  }

  private long beginNs(long pair) {
    return tables.get(table(pair)).beginNs[row(pair)];
  }

  private boolean isSame(long left, long right) {
    return tables.get(table(left)).isSame(row(left), tables.get(table(right)), row(right));
  }
}
