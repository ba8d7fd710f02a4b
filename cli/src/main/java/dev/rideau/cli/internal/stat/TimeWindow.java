package dev.rideau.cli.internal.stat;

import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;

/// The time that somebody asks about; both ends belong to it.
///
/// @param beginNs first nanosecond
/// @param endNs last nanosecond
public record TimeWindow(long beginNs, long endNs) {
  /// All there is.
  public static final TimeWindow ALL = new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE);

  /// Whether nothing is left out.
  boolean isAll() {
    return beginNs == Long.MIN_VALUE && endNs == Long.MAX_VALUE;
  }

  /// Whether the packet says that it lies before the window or behind it.
  boolean isOutside(PacketIndex packets, int packet) {
    if (isAll()) {
      return false;
    }
    long packetBeginNs = packets.beginNs(packet);
    long packetEndNs = packets.endNs(packet);
    return (packetBeginNs != PacketIndex.UNKNOWN && packetBeginNs > endNs)
        || (packetEndNs != PacketIndex.UNKNOWN && packetEndNs < beginNs);
  }

  /// Whether the loss may have happened within the window.
  boolean mayHold(Loss loss) {
    return (loss.beginNs() == PacketIndex.UNKNOWN || loss.beginNs() <= endNs)
        && (loss.endNs() == PacketIndex.UNKNOWN || loss.endNs() >= beginNs);
  }
}
