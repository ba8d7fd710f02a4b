package dev.rideau.tables.internal.events;

import dev.rideau.tables.Progress;
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
  private final Progress progress;
  private long totalBytes;
  private long doneBytes;
  private int next;

  /// Some packets of a stream.
  record Range(DataStream stream, int firstPacket, int endPacket, long sizeBytes) {}

  /// @param progress is told when a range is done with
  EventRanges(List<DataStream> streams, EventTimes times, Progress progress) {
    this.progress = progress;
    for (DataStream stream : streams) {
      if (!stream.hasIndependentPackets() && stream.packets().size() > 0) {
        add(stream, 0, stream.packets().size());
      }
    }
    for (DataStream stream : streams) {
      if (stream.hasIndependentPackets()) {
        cut(stream, times);
      }
    }
    for (Range range : ranges) {
      totalBytes += range.sizeBytes;
    }
  }

  private void cut(DataStream stream, EventTimes times) {
    PacketIndex packets = stream.packets();
    int first = 0;
    long bytes = 0;
    for (int packet = 0; packet < packets.size(); packet++) {
      if (!mayMeet(packets, packet, times)) {
        add(stream, first, packet);
        first = packet + 1;
        bytes = 0;
        continue;
      }
      bytes += packets.totalBits(packet) >>> 3;
      if (bytes >= RANGE_BYTES) {
        add(stream, first, packet + 1);
        first = packet + 1;
        bytes = 0;
      }
    }
    add(stream, first, packets.size());
  }

  private static boolean mayMeet(PacketIndex packets, int packet, EventTimes times) {
    long begin = packets.beginNs(packet);
    long end = packets.endNs(packet);
    return begin == PacketIndex.UNKNOWN || end == PacketIndex.UNKNOWN || times.meets(begin, end);
  }

  private void add(DataStream stream, int first, int end) {
    if (first < end) {
      long bytes = 0;
      for (int packet = first; packet < end; packet++) {
        bytes += stream.packets().totalBits(packet) >>> 3;
      }
      ranges.add(new Range(stream, first, end, bytes));
    }
  }

  int size() {
    return ranges.size();
  }

  /// The next range, or null when all are handed out.
  synchronized @Nullable Range take() {
    if (next == ranges.size()) {
      return null;
    }
    Range range = ranges.get(next++);
    progress.update(doneBytes, totalBytes);
    doneBytes += range.sizeBytes;
    return range;
  }
}
