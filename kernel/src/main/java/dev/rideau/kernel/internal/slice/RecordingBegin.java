package dev.rideau.kernel.internal.slice;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;

/// When the recording of a machine begins: with the first record that tracing does not make by
/// itself, with the first of all if there is no such. Packets may begin long before: when buffers
/// were made, not when tracing was started. Found in the first records of each stream.
public final class RecordingBegin {
  private static final long MOST_BYTES = 32L << 20;

  /// Whether there is a record. Its time may be the last one that there is.
  private boolean hasRecords;

  /// First record that tracing does not make by itself.
  private long firstNs = Long.MAX_VALUE;

  /// First record of all.
  private long asideNs = Long.MAX_VALUE;

  RecordingBegin() {}

  /// The begin of a recording; 0 when there are no records.
  public static long of(KernelStreams streams) {
    RecordingBegin begin = new RecordingBegin();
    for (DataStream stream : streams.tracked()) {
      begin.read(stream, KernelStreams.asides(stream));
    }
    begin.readOthers(streams);
    return begin.ns();
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

  /// Takes in the next records of a stream.
  ///
  /// @param asides by class, whether tracing itself makes its records
  /// @return whether the begin of the stream is among them; what follows need not be taken in
  boolean take(RecordBlock block, boolean[] asides) {
    for (int i = 0; i < block.size(); i++) {
      long ts = block.timestampsNs()[i];
      hasRecords = true;
      asideNs = Math.min(asideNs, ts);
      if (!asides[block.eventClasses()[i]]) {
        firstNs = Math.min(firstNs, ts);
        return true;
      }
    }
    return false;
  }

  /// Without a kernel's trace the recording begins with the first record of all.
  void readOthers(KernelStreams streams) {
    if (streams.tracked().isEmpty()) {
      for (DataStream stream : streams.others()) {
        if (stream.dataStreamClass().defaultClock() != null) {
          read(stream, new boolean[stream.dataStreamClass().eventClasses().size()]);
        }
      }
    }
  }

  private void read(DataStream stream, boolean[] asides) {
    try (BlockCursor cursor =
        stream.cursor(0, packets(stream), Projection.TIMESTAMPS, Interrupts::endReading)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        if (take(block, asides)) {
          return;
        }
      }
    }
  }

  /// The begin by what was taken in so far; 0 without a record.
  long ns() {
    long ns = firstNs == Long.MAX_VALUE ? asideNs : firstNs;
    return hasRecords ? ns : 0;
  }
}
