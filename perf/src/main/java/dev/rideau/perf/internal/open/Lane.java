package dev.rideau.perf.internal.open;

import dev.rideau.trace.PacketIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A data stream that is being found: packets whose times ascend from first to last.
final class Lane {
  /// A loss that is known already.
  record LossDraft(long count, int packet, long beginTime, long endTime) {}

  final int cpu;

  /// Position among the lanes of the same CPU.
  final int position;

  /// Whether its packets hold their newest record first.
  final boolean newestFirst;

  final List<LossDraft> losses = new ArrayList<>();
  final PacketIndex.Builder packets;
  private final Times times;

  long lastTime = Long.MIN_VALUE;
  long records;

  private int packetCount;
  private long packetStart;
  private long packetEnd = -1;
  private long packetBegin;

  /// Turns clock values into nanoseconds.
  interface Times {
    long toNs(long time);
  }

  Lane(Path file, int cpu, int position, boolean newestFirst, Times times) {
    this.newestFirst = newestFirst;
    this.cpu = cpu;
    this.position = position;
    this.times = times;
    packets = new PacketIndex.Builder(List.of(file));
  }

  /// Whether a record that begins there can belong to the packet at hand.
  boolean continuesAt(long offsetBytes, int size, int mostBytes) {
    return packetEnd == offsetBytes && offsetBytes + size - packetStart <= mostBytes;
  }

  /// Takes a record of perf itself into the packet at hand, if it stands right behind it and is
  /// short: packets would be cut into pieces otherwise. Decoders pass over it.
  void passOver(long offsetBytes, int size) {
    if (packetEnd == offsetBytes && size <= 16) {
      packetEnd += size;
    }
  }

  /// Adds a record.
  void add(long offsetBytes, int size, long time, boolean continues) {
    if (!continues) {
      close();
      packetStart = offsetBytes;
      packetBegin = time;
    }
    packetEnd = offsetBytes + size;
    lastTime = Math.max(lastTime, time);
    records++;
  }

  /// Adds a packet whose records are all known.
  void addPacket(long start, long end, long beginTime, long endTime, long packetRecords) {
    close();
    packetStart = start;
    packetEnd = end;
    packetBegin = beginTime;
    lastTime = Math.max(lastTime, endTime);
    records += packetRecords;
  }

  /// Gives all packets this time, after the last was ended: their records have none of their own.
  void allAt(long time) {
    for (int packet = 0; packet < packetCount; packet++) {
      packets.begin(packet, time, times.toNs(time));
      packets.end(packet, time, times.toNs(time));
    }
  }

  /// The number that the packet at hand will have.
  int packet() {
    return packetCount;
  }

  /// The number that a packet will have which comes behind the one at hand.
  int nextPacket() {
    return packetEnd < 0 ? packetCount : packetCount + 1;
  }

  /// Ends the packet at hand.
  void close() {
    if (packetEnd >= 0) {
      long bits = (packetEnd - packetStart) * 8;
      int packet = packets.add(0, packetStart, bits, bits);
      packets.begin(packet, packetBegin, times.toNs(packetBegin));
      packets.end(packet, lastTime, times.toNs(lastTime));
      packetCount++;
      packetEnd = -1;
    }
  }
}
