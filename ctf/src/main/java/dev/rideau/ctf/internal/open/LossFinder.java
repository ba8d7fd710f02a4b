package dev.rideau.ctf.internal.open;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import java.util.ArrayList;
import java.util.List;

/// Finds what is missing in a data stream by comparing each packet with the one before it.
final class LossFinder {
  private final DataStream stream;
  private final PacketIndex packets;
  private final List<Loss> losses = new ArrayList<>();

  private LossFinder(DataStream stream, PacketIndex packets) {
    this.stream = stream;
    this.packets = packets;
  }

  /// The losses, in the order of packets.
  ///
  /// @param packets as their headers describe them
  /// @param discardedBits length of the counter of discarded events, after which it wraps
  /// @param sequenceBits length of the packet sequence numbers, after which they wrap
  static List<Loss> find(
      DataStream stream, PacketIndex packets, int discardedBits, int sequenceBits) {
    LossFinder finder = new LossFinder(stream, packets);
    for (int packet = 0; packet < packets.size(); packet++) {
      finder.findEvents(packet, discardedBits);
      finder.findPackets(packet, sequenceBits);
    }
    return List.copyOf(finder.losses);
  }

  private void findEvents(int packet, int discardedBits) {
    long counter = packets.discardedCounter(packet);
    if (counter == PacketIndex.UNKNOWN) {
      return;
    }
    long before = packet == 0 ? PacketIndex.UNKNOWN : packets.discardedCounter(packet - 1);
    if (before == PacketIndex.UNKNOWN) {
      // How many of them were discarded before the recording began, nobody knows.
      if (counter != 0) {
        add(Loss.Kind.DISCARDED_EVENTS, Loss.UNKNOWN_COUNT, packet, begin(packet), end(packet));
      }
      return;
    }
    long count = difference(counter, before, discardedBits);
    if (count > 0) {
      add(Loss.Kind.DISCARDED_EVENTS, count, packet, end(packet - 1), end(packet));
    }
  }

  private void findPackets(int packet, int sequenceBits) {
    if (packet == 0) {
      return;
    }
    long number = packets.sequenceNumber(packet);
    long before = packets.sequenceNumber(packet - 1);
    if (number == PacketIndex.UNKNOWN || before == PacketIndex.UNKNOWN) {
      return;
    }
    long step = difference(number, before, sequenceBits);
    if (step > 1) {
      add(Loss.Kind.DISCARDED_PACKETS, step - 1, packet, end(packet - 1), begin(packet));
    }
  }

  /// How far a counter of `lengthBits` bits went on. Negative when it rather went back: counters of
  /// more than 16 bits do not make half a turn between two packets.
  static long difference(long counter, long before, int lengthBits) {
    long difference = counter - before;
    if (lengthBits <= 0 || lengthBits >= 64) {
      return difference;
    }
    int unused = 64 - lengthBits;
    return lengthBits <= 16 ? difference << unused >>> unused : difference << unused >> unused;
  }

  private void add(Loss.Kind kind, long count, int packet, long beginNs, long endNs) {
    boolean known = beginNs != PacketIndex.UNKNOWN && endNs != PacketIndex.UNKNOWN;
    losses.add(
        new Loss(
            kind,
            stream,
            count,
            packet,
            known ? beginNs : PacketIndex.UNKNOWN,
            known ? endNs : PacketIndex.UNKNOWN));
  }

  private long begin(int packet) {
    return isTimed(packet) ? packets.beginNs(packet) : PacketIndex.UNKNOWN;
  }

  private long end(int packet) {
    return isTimed(packet) ? packets.endNs(packet) : PacketIndex.UNKNOWN;
  }

  /// Of packets that tell only one of their times, neither is used.
  private boolean isTimed(int packet) {
    return packets.beginNs(packet) != PacketIndex.UNKNOWN
        && packets.endNs(packet) != PacketIndex.UNKNOWN;
  }
}
