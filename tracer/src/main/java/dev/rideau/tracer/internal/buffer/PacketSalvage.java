package dev.rideau.tracer.internal.buffer;

import static dev.rideau.tracer.internal.buffer.BufferDescriptor.*;

import java.lang.foreign.MemorySegment;

/// Puts the committed records of an unfinished packet together.
///
/// Marks say where committed records begin, layouts how long they are. What lies between them was
/// reserved by a writer that never came back, and is left out.
final class PacketSalvage {
  private static final long TIME_MASK = (1L << 48) - 1;

  private final StripeBuffer buffer;
  private final RecordLayouts layouts;
  private final int contextBytes;

  PacketSalvage(StripeBuffer buffer, RecordLayouts layouts) {
    this.buffer = buffer;
    this.layouts = layouts;
    contextBytes = Bytes.getInt(buffer.memory, AT_CONTEXT_BYTES);
  }

  /// Writes the packet with its committed records to `target`.
  ///
  /// @param discarded least value of the counter of lost events
  /// @return bytes written, 0 when no record was committed
  long rebuild(long packet, MemorySegment target, long discarded) {
    MemorySegment slot = buffer.slot(packet);
    long limit = Math.min(buffer.reservedBytes(packet), slot.byteSize());
    long firstTime = -1;
    long lastTime = -1;
    long at = PACKET_HEADER_BYTES;
    long content = PACKET_HEADER_BYTES;
    while ((at = buffer.nextRecord(packet, at, limit)) < limit) {
      long header = Bytes.getLong(slot, at);
      long payload = at + RECORD_HEADER_BYTES + contextBytes;
      long payloadBytes =
          payload > limit
              ? -1
              : layouts.payloadBytes(slot, (int) (header & 0xFFFF), payload, limit);
      if (payloadBytes < 0) {
        at += RECORD_HEADER_BYTES;
        continue;
      }
      long bytes = payload + payloadBytes - at;
      content = buffer.aligned(content);
      MemorySegment.copy(slot, at, target, content, bytes);
      content += bytes;
      at += bytes;
      lastTime = header >>> 16;
      firstTime = firstTime < 0 ? lastTime : firstTime;
    }
    if (firstTime < 0) {
      return 0;
    }
    MemorySegment.copy(slot, 0, target, 0, PACKET_HEADER_BYTES);
    long begin = whole(firstTime, created());
    Bytes.put(target, AT_PACKET_BEGIN, begin);
    Bytes.put(target, AT_PACKET_SEQUENCE, packet);
    // A packet that was closed knows what had been lost by then. An end before the begin is that of
    // the packet that was in the slot before.
    boolean isClosed =
        Bytes.getLong(slot, AT_PACKET_SEQUENCE) == packet
            && Bytes.getLong(slot, AT_PACKET_END) >= Bytes.getLong(slot, AT_PACKET_BEGIN);
    long lost = isClosed ? Bytes.getLong(slot, AT_PACKET_DISCARDED) : buffer.lost();
    putPacketEnd(target, 0, content, whole(lastTime, begin), Math.max(discarded, lost));
    return content + 7 & ~7L;
  }

  // A time at or after which the records were written: that of packet 0 or any later one.
  private long created() {
    long earliest = Long.MAX_VALUE;
    for (int slot = 0; slot < buffer.subBufferCount(); slot++) {
      MemorySegment each = buffer.slot(slot);
      if (Bytes.getLong(each, AT_PACKET_SEQUENCE) >= 0) {
        earliest = Math.min(earliest, Bytes.getLong(each, AT_PACKET_BEGIN));
      }
    }
    return earliest == Long.MAX_VALUE ? 0 : earliest;
  }

  // The first time from `from` on with these lower 48 bits.
  private static long whole(long lowerBits, long from) {
    long time = from & ~TIME_MASK | lowerBits;
    return time < from ? time + TIME_MASK + 1 : time;
  }
}
