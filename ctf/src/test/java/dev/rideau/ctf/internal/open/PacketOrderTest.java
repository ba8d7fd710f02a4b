package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The merge agrees with putting packets in one by one, the plain way to say the rule: before the
/// first packet that does not begin earlier, unless that one is the same.
final class PacketOrderTest {

  @Property(tries = 500)
  void agreesWithPuttingPacketsInOneByOne(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(max = 6) List<@IntRange(max = 5) Integer>> beginsOfFiles) {
    List<PacketTable> tables = new ArrayList<>();
    for (List<Integer> begins : beginsOfFiles) {
      tables.add(table(begins.stream().sorted().toList()));
    }
    List<Long> expected = new ArrayList<>();
    for (int table = 0; table < tables.size(); table++) {
      for (int row = 0; row < tables.get(table).size; row++) {
        put(tables, expected, table, row);
      }
    }
    List<Long> actual = new ArrayList<>();
    for (long pair : PacketOrder.of(tables)) {
      actual.add(pair);
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static void put(List<PacketTable> tables, List<Long> order, int table, int row) {
    long pair = (long) table << 32 | row;
    if (table == 0) {
      order.add(pair);
      return;
    }
    PacketTable added = tables.get(table);
    int at = 0;
    while (at < order.size() && begin(tables, order.get(at)) < added.beginNs[row]) {
      at++;
    }
    boolean copy = false;
    if (at < order.size()) {
      long other = order.get(at);
      copy = added.isSame(row, tables.get(PacketOrder.table(other)), PacketOrder.row(other));
    }
    if (!copy) {
      order.add(at, pair);
    }
  }

  private static long begin(List<PacketTable> tables, long pair) {
    return tables.get(PacketOrder.table(pair)).beginNs[PacketOrder.row(pair)];
  }

  /// Odd places get another length, so that some packets of one begin differ.
  private static PacketTable table(List<Integer> begins) {
    PacketTable table = new PacketTable();
    for (int begin : begins) {
      int row = table.add(table.size * 100L, (table.size & 1) == 0 ? 800 : 1600, 800);
      table.beginClockValues[row] = begin;
      table.beginNs[row] = begin;
    }
    return table;
  }
}
