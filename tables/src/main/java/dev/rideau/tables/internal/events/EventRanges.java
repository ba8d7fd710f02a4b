package dev.rideau.tables.internal.events;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands the packets of streams out to workers in ranges of about 2 MiB; any thread may ask.
///
/// Streams whose packets cannot be decoded on their own are one range each and come first.
final class EventRanges {
  private static final long RANGE_BYTES = 2 << 20;

  private final List<Range> ranges = new ArrayList<>();
  private int next;

  /// Some packets of a stream.
  record Range(DataStream stream, int firstPacket, int endPacket) {}

  EventRanges(List<DataStream> streams) {
    for (DataStream stream : streams) {
      if (!stream.hasIndependentPackets() && stream.packets().size() > 0) {
        ranges.add(new Range(stream, 0, stream.packets().size()));
      }
    }
    for (DataStream stream : streams) {
      if (stream.hasIndependentPackets()) {
        cut(stream);
      }
    }
  }

  private void cut(DataStream stream) {
    PacketIndex packets = stream.packets();
    int first = 0;
    long bytes = 0;
    for (int packet = 0; packet < packets.size(); packet++) {
      bytes += packets.totalBits(packet) >>> 3;
      if (bytes >= RANGE_BYTES || packet + 1 == packets.size()) {
        ranges.add(new Range(stream, first, packet + 1));
        first = packet + 1;
        bytes = 0;
      }
    }
  }

  int size() {
    return ranges.size();
  }

  /// The next range, or null when all are handed out.
  synchronized @Nullable Range take() {
    return next < ranges.size() ? ranges.get(next++) : null;
  }
}
