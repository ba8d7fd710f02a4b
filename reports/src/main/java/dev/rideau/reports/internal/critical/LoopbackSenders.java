package dev.rideau.reports.internal.critical;

import dev.rideau.reports.FactSource;
import dev.rideau.tables.Rows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which thread sent the packets that were received on this machine's own loopback device.
///
/// A packet is queued by the sender and received in a softirq, both under the address of the same
/// kernel buffer.
final class LoopbackSenders {
  /// Longest time between the receipt of a packet and the wakeup that it causes.
  private static final long WAKEUP_NS = 10_000_000;

  private final FactSource facts;
  private final long beginNs;
  private final long endNs;
  private @Nullable Packets packets;

  /// Packets that were received, in the order of receipt.
  private record Packets(long[] receivedNs, long[] sentNs, long[] senders) {}

  /// Who sent a packet and when.
  record Sender(long utid, long ns) {}

  LoopbackSenders(FactSource facts, long beginNs, long endNs) {
    this.facts = facts;
    this.beginNs = beginNs;
    this.endNs = endNs;
  }

  /// The sender of the last packet that was received before a time; null when there is none that
  /// can have caused a wakeup then.
  @Nullable Sender before(long ns) {
    Packets known = packets;
    if (known == null) {
      known = read();
      packets = known;
    }
    int at = Arrays.binarySearch(known.receivedNs, ns);
    int index = at >= 0 ? at : -at - 2;
    if (index < 0 || ns - known.receivedNs[index] > WAKEUP_NS) {
      return null;
    }
    return new Sender(known.senders[index], known.sentNs[index]);
  }

  private Packets read() {
    // Buffers are used again, so of the sendings from one address the last before counts.
    String sql =
        "SELECT r.ts, s.ts, s.utid"
            + " FROM (SELECT host, ts, packet FROM net_packet"
            + "   WHERE operation = 'receive' AND ts BETWEEN $1 AND $2) r"
            + " ASOF JOIN (SELECT host, ts, packet, utid FROM net_packet"
            + "   WHERE operation <> 'receive' AND utid IS NOT NULL AND ts BETWEEN $1 AND $2) s"
            + " ON r.host = s.host AND r.packet = s.packet AND r.ts >= s.ts"
            + " ORDER BY 1";
    long[][] read = new long[3][64];
    int size = 0;
    try (Rows rows = facts.query(sql, beginNs, endNs)) {
      while (rows.next()) {
        for (int column = 0; column < 3; column++) {
          if (size == read[column].length) {
            read[column] = Arrays.copyOf(read[column], size * 2);
          }
          read[column][size] = rows.longAt(column);
        }
        size++;
      }
    }
    for (int column = 0; column < 3; column++) {
      read[column] = Arrays.copyOf(read[column], size);
    }
    return new Packets(read[0], read[1], read[2]);
  }
}
