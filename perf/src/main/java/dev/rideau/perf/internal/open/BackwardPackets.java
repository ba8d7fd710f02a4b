package dev.rideau.perf.internal.open;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packets of buffers that the kernel fills from their end to their begin, so that the newest
/// record always stands where reading starts: `perf record --overwrite`.
///
/// What was left of such a buffer stands in the file newest first. Runs of descending times are
/// packets here, too; they are known in the wrong order, so streams are made of them when all were
/// found. Programs that sort a file leave the mark of such buffers on the events: runs of ascending
/// times are taken as well.
///
/// ```
/// file      cpu 0: 9 8 6 | cpu 0: 5 3 | cpu 1: 9 2       time of each record
/// streams   cpu 0: 3 5 · 6 8 9     cpu 1: 2 9            readers turn packets round
/// ```
final class BackwardPackets {
  private static final Comparator<Packet> IN_TIME =
      Comparator.comparingLong((Packet packet) -> packet.beginTime)
          .thenComparingLong(packet -> packet.endTime)
          .thenComparing(Comparator.comparingLong((Packet packet) -> packet.startBytes).reversed());

  private final int mostPacketBytes;
  private final List<Packet> packets = new ArrayList<>();

  /// One that may still grow.
  private @Nullable Packet current;

  /// A run of records.
  private static final class Packet {
    final int cpu;
    final long startBytes;
    long endBytes;
    long beginTime;
    long endTime;
    long records;
    boolean ascends;
    long lost;
    long lostTime;

    Packet(int cpu, long startBytes, long time) {
      this.cpu = cpu;
      this.startBytes = startBytes;
      beginTime = time;
      endTime = time;
    }

    boolean isContinuedBy(int recordCpu, long offsetBytes, int size, long time, int mostBytes) {
      boolean mayAscend = ascends || records == 1;
      boolean mayDescend = !ascends;
      return endBytes == offsetBytes
          && cpu == recordCpu
          && offsetBytes + size - startBytes <= mostBytes
          && (time <= beginTime && mayDescend || time >= endTime && mayAscend);
    }

    void add(long offsetBytes, int size, long time) {
      endBytes = offsetBytes + size;
      ascends |= time > endTime;
      beginTime = Math.min(beginTime, time);
      endTime = Math.max(endTime, time);
      records++;
    }
  }

  BackwardPackets(int mostPacketBytes) {
    this.mostPacketBytes = mostPacketBytes;
  }

  /// Adds a record.
  ///
  /// @return whether it began a packet
  boolean add(long offsetBytes, int size, int cpu, long time) {
    Packet packet = current;
    boolean begins =
        packet == null || !packet.isContinuedBy(cpu, offsetBytes, size, time, mostPacketBytes);
    if (packet == null || begins) {
      packet = new Packet(cpu, offsetBytes, time);
      packets.add(packet);
      current = packet;
    }
    packet.add(offsetBytes, size, time);
    return begins;
  }

  /// The record that was added last tells of a loss.
  void lost(long count, long time) {
    Packet packet = current;
    if (packet != null && count != 0) {
      packet.lost += count;
      packet.lostTime = Math.max(packet.lostTime, time);
    }
  }

  /// Makes streams of all packets.
  void placeInto(Lanes lanes, Lane other) {
    packets.sort(IN_TIME);
    for (Packet packet : packets) {
      Lane found = lanes.fitting(packet.cpu, packet.beginTime, !packet.ascends);
      Lane lane = found == null ? other : found;
      if (packet.lost != 0) {
        lane.losses.add(
            new Lane.LossDraft(packet.lost, lane.nextPacket(), lane.lastTime, packet.lostTime));
      }
      lane.addPacket(
          packet.startBytes, packet.endBytes, packet.beginTime, packet.endTime, packet.records);
    }
  }
}
