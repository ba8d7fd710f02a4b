package dev.rideau.kernel.internal.slice;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Where time is cut.
///
/// @param cutsNs ascending times at which ranges are cut from each other
/// @param sliceRecords after how many records a range is cut into slices that wait for the join,
///   which bounds memory
public record SlicePlan(List<Long> cutsNs, int sliceRecords) {
  static final int SLICE_RECORDS = 1 << 15;
  private static final long LEAST_RANGE_BYTES = 1L << 22;
  private static final long MOST_RANGE_BYTES = 12L << 20;

  /// Where a packet begins.
  private record Begin(long ns, long bytes) implements Comparable<Begin> {
    @Override
    public int compareTo(Begin other) {
      return Long.compare(ns, other.ns);
    }
  }

  public SlicePlan {
    cutsNs = cutsNs.stream().sorted().distinct().toList();
  }

  /// The plan for so many threads.
  public static SlicePlan of(List<DataStream> streams, int threads) {
    long bytes = 0;
    for (DataStream stream : streams) {
      bytes += stream.packets().totalBytes();
    }
    long wanted = bytes / Math.max(1, threads * 4L);
    long rangeBytes = Math.min(Math.max(wanted, LEAST_RANGE_BYTES), MOST_RANGE_BYTES);
    if (threads < 2 || bytes < 2 * rangeBytes || !canCut(streams)) {
      return new SlicePlan(List.of(), SLICE_RECORDS);
    }
    return new SlicePlan(cuts(streams, rangeBytes), SLICE_RECORDS);
  }

  /// Whether reading may start anywhere: packets tell their times, in order.
  static boolean canCut(List<DataStream> streams) {
    for (DataStream stream : streams) {
      PacketIndex packets = stream.packets();
      if (!stream.hasIndependentPackets()) {
        return false;
      }
      long lastNs = Long.MIN_VALUE;
      for (int packet = 0; packet < packets.size(); packet++) {
        long beginNs = packets.beginNs(packet);
        long endNs = packets.endNs(packet);
        if (beginNs == PacketIndex.UNKNOWN
            || endNs == PacketIndex.UNKNOWN
            || beginNs < lastNs
            || endNs < beginNs) {
          return false;
        }
        lastNs = endNs;
      }
    }
    return true;
  }

  /// Times between which about as many bytes lie: those of packets' begins.
  private static List<Long> cuts(List<DataStream> streams, long rangeBytes) {
    List<Begin> begins = new ArrayList<>();
    for (DataStream stream : streams) {
      PacketIndex packets = stream.packets();
      for (int packet = 0; packet < packets.size(); packet++) {
        begins.add(new Begin(packets.beginNs(packet), packets.totalBits(packet) >>> 3));
      }
    }
    Collections.sort(begins);
    List<Long> cuts = new ArrayList<>();
    long bytes = 0;
    for (Begin packet : begins) {
      if (bytes >= rangeBytes) {
        cuts.add(packet.ns);
        bytes = 0;
      }
      bytes += packet.bytes;
    }
    return cuts;
  }

  /// The ranges, in the order of time.
  public List<TimeRange> ranges() {
    List<TimeRange> ranges = new ArrayList<>();
    long from = Long.MIN_VALUE;
    for (long cut : cutsNs) {
      ranges.add(new TimeRange(ranges.size(), from, cut));
      from = cut;
    }
    ranges.add(new TimeRange(ranges.size(), from, Long.MAX_VALUE));
    return ranges;
  }
}
