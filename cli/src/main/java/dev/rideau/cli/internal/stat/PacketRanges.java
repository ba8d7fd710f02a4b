package dev.rideau.cli.internal.stat;

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
  private final TimeWindow window;

  /// Whether streams that stay whole are being handed out.
  private boolean whole = true;

  private int stream;
  private int packet;

  PacketRanges(List<DataStream> streams, TimeWindow window) {
    this.streams = streams;
    this.window = window;
  }

  /// The next range, or null when all are handed out.
  synchronized @Nullable PacketRange next() {
    while (true) {
      if (stream == streams.size()) {
        if (!whole) {
          return null;
        }
        whole = false;
        stream = 0;
      }
      DataStream current = streams.get(stream);
      PacketRange range =
          current.hasIndependentPackets() == whole ? null : nextOf(current.packets(), !whole);
      if (range != null) {
        return range;
      }
      stream++;
      packet = 0;
    }
  }

  private @Nullable PacketRange nextOf(PacketIndex packets, boolean cut) {
    int first = packet;
    while (cut && first < packets.size() && window.isOutside(packets, first)) {
      first++;
    }
    long bytes = 0;
    int end = first;
    while (end < packets.size()
        && !(cut && (bytes >= RANGE_BYTES || window.isOutside(packets, end)))) {
      bytes += packets.totalBits(end) >>> 3;
      end++;
    }
    packet = end;
    return first == end ? null : new PacketRange(stream, first, end, bytes);
  }

  /// Bytes of all ranges together.
  static long totalBytes(List<DataStream> streams, TimeWindow window) {
    long sum = 0;
    PacketRanges ranges = new PacketRanges(streams, window);
    for (PacketRange range = ranges.next(); range != null; range = ranges.next()) {
      sum += range.bytes();
    }
    return sum;
  }
}
