package dev.rideau.tracer.internal.buffer;

import java.lang.foreign.MemorySegment;

/// Layout of a buffer file: one stripe of a channel, mapped by the program that records and read by
/// `recover` after a kill.
///
/// ```
///      0  magic 8, version 4, mode 4 (1: overwrite, 2: aligned)
///     16  bytes of a sub-buffer 8, number of sub-buffers 4, bytes of contexts 4
///     32  offset of the marks 8, offset of the data 8
///     48  stream class id 8, stream instance id 8, UUID of the trace 16
///    256  newest packet 8         number of the last packet that was opened, or nearly
///    384  consumed packets 8      packets before this one are in the trace
///    512  lost: no room 8, too large 8, slot never committed 8
///   4096  marks: 2 bytes for each 8 bytes of data
///      d  data: sub-buffer 0, sub-buffer 1, ...
/// ```
///
/// A sub-buffer holds a packet. A *mark* says that a record which begins in these 8 bytes has been
/// committed: `generation 13 | byte within the 8 bytes 3`, where the generation counts how often
/// the slot has been used. No record is shorter than 8 bytes, so none shares a mark.
///
/// ```
/// packet header    magic 4, uuid 16, stream_id 4, stream_instance_id 8
/// packet context   timestamp_begin 8, timestamp_end 8, content_size 8, packet_size 8,
///                  packet_seq_num 8, events_discarded 8
/// record           id 2, timestamp 6, context, payload
/// ```
public final class BufferDescriptor {
  static final long MAGIC = 0x3146_4255_4544_4952L; // RIDEUBF1
  static final int VERSION = 2;
  static final int OVERWRITE = 1;
  static final int ALIGNED = 2;
  static final int ALIGNMENT_BYTES = 8;

  static final long AT_MAGIC = 0;
  static final long AT_VERSION = 8;
  static final long AT_MODE = 12;
  static final long AT_SUB_BUFFER_BYTES = 16;
  static final long AT_SUB_BUFFER_COUNT = 24;
  static final long AT_CONTEXT_BYTES = 28;
  static final long AT_MARKS_OFFSET = 32;
  static final long AT_DATA_OFFSET = 40;
  static final long AT_STREAM_CLASS = 48;
  static final long AT_STREAM_INSTANCE = 56;
  static final long AT_UUID = 64;
  static final long AT_NEWEST_PACKET = 256;
  static final long AT_CONSUMED = 384;
  static final long AT_LOST = 512;
  static final long AT_LOST_TOO_LARGE = 520;
  static final long AT_LOST_UNCOMMITTED = 528;
  static final long PAGE_BYTES = 4096;
  static final long MARKS_OFFSET = PAGE_BYTES;

  /// Bytes before the first record of a packet.
  public static final int PACKET_HEADER_BYTES = 80;

  /// Bytes before the context of a record.
  public static final int RECORD_HEADER_BYTES = 8;

  static final int PACKET_MAGIC = 0xC1FC_1FC1;
  static final long AT_PACKET_UUID = 4;
  static final long AT_PACKET_STREAM_CLASS = 20;
  static final long AT_PACKET_STREAM_INSTANCE = 24;
  static final long AT_PACKET_BEGIN = 32;
  static final long AT_PACKET_END = 40;
  static final long AT_PACKET_CONTENT = 48;
  static final long AT_PACKET_TOTAL = 56;
  static final long AT_PACKET_SEQUENCE = 64;
  static final long AT_PACKET_DISCARDED = 72;

  static final int MARK_SHIFT = 3;
  static final int GENERATIONS = 8191;
  static final int HALF_GENERATION = 4096;

  /// Set in the reserve position when the buffer is closed.
  static final long CLOSED = 1L << 62;

  private BufferDescriptor() {}

  static long dataOffset(int subBufferCount, long subBufferBytes) {
    return roundUp(MARKS_OFFSET + ((subBufferCount * subBufferBytes) >> MARK_SHIFT) * 2);
  }

  static long roundUp(long bytes) {
    return (bytes + PAGE_BYTES - 1) & -PAGE_BYTES;
  }

  /// The mark of a record at a position: which use of the slot it belongs to, and where in its 8
  /// bytes it begins. Never 0.
  static short mark(long packet, int subBufferCount, long position) {
    long generation = packet / subBufferCount % GENERATIONS + 1;
    return (short) (generation << MARK_SHIFT | position & 7);
  }

  /// Writes the parts of a packet's header that never change.
  static void putPacketIdentity(
      MemorySegment memory, long at, byte[] uuid, long streamClass, long streamInstance) {
    Bytes.put(memory, at, PACKET_MAGIC);
    for (int i = 0; i < uuid.length; i++) {
      Bytes.put(memory, at + AT_PACKET_UUID + i, uuid[i]);
    }
    Bytes.put(memory, at + AT_PACKET_STREAM_CLASS, (int) streamClass);
    Bytes.put(memory, at + AT_PACKET_STREAM_INSTANCE, streamInstance);
  }

  /// Writes what a packet's header says at its end. The total is padded to 8 bytes.
  static void putPacketEnd(
      MemorySegment memory, long at, long contentBytes, long end, long discarded) {
    Bytes.put(memory, at + AT_PACKET_END, end);
    Bytes.put(memory, at + AT_PACKET_CONTENT, contentBytes * 8);
    Bytes.put(memory, at + AT_PACKET_TOTAL, (contentBytes + 7 & ~7L) * 8);
    Bytes.put(memory, at + AT_PACKET_DISCARDED, discarded);
  }
}
