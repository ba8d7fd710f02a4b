package dev.rideau.tracer.internal.buffer;

import static dev.rideau.tracer.internal.buffer.BufferDescriptor.*;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The consumer's side of a buffer: hands complete packets to a sink. Used by one thread at a time.
public final class PacketDrain {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final StripeBuffer buffer;
  private final RecordLayouts layouts;
  private long lastDiscarded;

  /// @param layouts of the channel, for packets that a writer left unfinished
  public PacketDrain(StripeBuffer buffer, RecordLayouts layouts) {
    this.buffer = buffer;
    this.layouts = layouts;
  }

  /// Hands over the packets that are complete, and gives their room back.
  public void drain(PacketSink sink) throws IOException {
    long packet = buffer.consumedPackets();
    long end = buffer.openPacketNumber();
    while (packet < end && buffer.isComplete(packet)) {
      deliver(buffer.slot(packet), packet + 1 == end, sink);
      buffer.consumed(++packet);
    }
  }

  /// Hands over all packets that are closed. Waits a while for writers that are in the middle of a
  /// record; what they have not committed by then is left out.
  public void drainAll(long patienceMillis, PacketSink sink) throws IOException {
    long deadline = System.nanoTime() + patienceMillis * NANOS_PER_MILLI;
    long end = buffer.openPacketNumber();
    while (true) {
      drain(sink);
      long packet = buffer.consumedPackets();
      if (packet >= end) {
        return;
      }
      if (System.nanoTime() > deadline) {
        salvage(packet, sink);
        buffer.consumed(packet + 1);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void deliver(MemorySegment slot, boolean last, PacketSink sink) throws IOException {
    long discarded = Bytes.getLong(slot, AT_PACKET_DISCARDED);
    long content = Bytes.getLong(slot, AT_PACKET_CONTENT) / 8;
    // A packet without records is only worth its room when it tells a loss.
    if (last && content == PACKET_HEADER_BYTES && discarded == lastDiscarded) {
      return;
    }
    lastDiscarded = discarded;
    sink.accept(slot.asSlice(0, Bytes.getLong(slot, AT_PACKET_TOTAL) / 8));
  }

  /// Hands over copies of the packets in the ring, oldest first, while writers go on (overwrite
  /// mode). A packet that is overwritten during the copy is left out.
  public int snapshot(PacketSink sink) throws IOException {
    buffer.flush(false);
    long end = buffer.openPacketNumber();
    int count = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(buffer.slot(0).byteSize(), 8);
      for (long packet = Math.max(0, end - buffer.subBufferCount() + 1); packet < end; packet++) {
        long deadline = System.nanoTime() + 100 * NANOS_PER_MILLI;
        while (!buffer.isComplete(packet) && isInRing(packet) && System.nanoTime() < deadline) {
          Thread.onSpinWait();
        }
        boolean complete = buffer.isComplete(packet);
        if (complete) {
          MemorySegment.copy(buffer.slot(packet), 0, copy, 0, copy.byteSize());
        }
        // The copy is good if nobody has begun to write into the slot by now.
        if (isInRing(packet)) {
          if (complete) {
            sink.accept(copy.asSlice(0, Bytes.getLong(copy, AT_PACKET_TOTAL) / 8));
            count++;
          } else if (salvage(packet, sink)) {
            count++;
          }
        }
      }
    }
    return count;
  }

  private boolean isInRing(long packet) {
    // The copy must not be read later than the position that vouches for it.
    VarHandle.acquireFence();
    return buffer.openPacketNumber() < packet + buffer.subBufferCount();
  }

  /// Hands over the committed records of a packet that is not complete.
  ///
  /// @return whether there were any
  boolean salvage(long packet, PacketSink sink) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rebuilt = arena.allocate(buffer.slot(0).byteSize() + 8, 8);
      long bytes = new PacketSalvage(buffer, layouts).rebuild(packet, rebuilt, lastDiscarded);
      if (bytes == 0 || (buffer.isOverwrite() && !isInRing(packet))) {
        return false;
      }
      sink.accept(rebuilt.asSlice(0, bytes));
      return true;
    }
  }
}
