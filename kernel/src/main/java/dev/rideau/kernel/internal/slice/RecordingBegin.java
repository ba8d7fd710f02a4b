package dev.rideau.kernel.internal.slice;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;

/// When the recording of a machine begins, as [Prelude] finds it, of the first records alone.
public final class RecordingBegin {
  private static final long MOST_BYTES = 32L << 20;

  /// First record that tracing does not make by itself.
  private long firstNs = Long.MAX_VALUE;

  private long asideNs = Long.MAX_VALUE;

  private RecordingBegin() {}

  /// The begin; 0 when there are no records.
  public static long of(KernelStreams streams) {
    RecordingBegin begin = new RecordingBegin();
    for (DataStream stream : streams.tracked()) {
      begin.read(stream, KernelStreams.asides(stream));
    }
    if (streams.tracked().isEmpty()) {
      for (DataStream stream : streams.others()) {
        if (stream.dataStreamClass().defaultClock() != null) {
          begin.read(stream, new boolean[stream.dataStreamClass().eventClasses().size()]);
        }
      }
    }
    long ns = begin.firstNs == Long.MAX_VALUE ? begin.asideNs : begin.firstNs;
    return ns == Long.MAX_VALUE ? 0 : ns;
  }

  /// How many packets of a stream are its begin.
  static int packets(DataStream stream) {
    PacketIndex packets = stream.packets();
    int end = 0;
    long bytes = 0;
    while (end < packets.size() && bytes < MOST_BYTES) {
      bytes += packets.totalBits(end++) >>> 3;
    }
    return end;
  }

  private void read(DataStream stream, boolean[] asides) {
    try (BlockCursor cursor =
        stream.cursor(0, packets(stream), Projection.TIMESTAMPS, Interrupts::endReading)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        if (block.size() > 0) {
          asideNs = Math.min(asideNs, block.timestampsNs()[0]);
        }
        for (int i = 0; i < block.size(); i++) {
          if (!asides[block.eventClasses()[i]]) {
            firstNs = Math.min(firstNs, block.timestampsNs()[i]);
            return;
          }
        }
      }
    }
  }
}
