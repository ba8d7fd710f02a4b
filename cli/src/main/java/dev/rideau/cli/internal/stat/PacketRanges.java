package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands out data streams in ranges of packets, to whichever worker asks next. Thread-safe.
///
/// Streams whose packets cannot be decoded on their own stay whole; they come first, so that no
/// worker is left alone with a long one at the end. Where a range ends depends on the packets only,
/// never on the number of workers.
final class PacketRanges {
  private static final long RANGE_BYTES = 2 << 20;

  private final List<DataStream> streams;
  private final Selection selection;

  /// Whether streams that stay whole are being handed out.
  private boolean whole = true;

  private int stream;
  private int packet = -1;

  PacketRanges(List<DataStream> streams, Selection selection) {
    this.streams = streams;
    this.selection = selection;
  }

  /// The next range, or null when all are handed out.
  synchronized @Nullable PacketRange next() {
    while (true) {
      while (stream == streams.size()) {
        if (!whole) {
          return null;
        }
        whole = false;
        stream = 0;
      }
      DataStream current = streams.get(stream);
      if (current.hasIndependentPackets() != whole) {
        PacketRange range = nextOf(current);
        if (range != null) {
          return range;
        }
      }
      stream++;
      packet = -1;
    }
  }

  private @Nullable PacketRange nextOf(DataStream current) {
    PacketIndex packets = current.packets();
    int first = packet >= 0 ? packet : selection.firstPacket(current);
    int last = selection.endPacket(current);
    long bytes = 0;
    int end = first;
    while (end < last && (whole || bytes < RANGE_BYTES)) {
      bytes += packets.totalBits(end) >>> 3;
      end++;
    }
    packet = end;
    return end > first ? new PacketRange(stream, first, end, bytes) : null;
  }

  /// Bytes of all ranges together.
  static long totalBytes(List<DataStream> streams, Selection selection) {
    long sum = 0;
    PacketRanges ranges = new PacketRanges(streams, selection);
    for (PacketRange range = ranges.next(); range != null; range = ranges.next()) {
      sum += range.bytes();
    }
    return sum;
  }
}
