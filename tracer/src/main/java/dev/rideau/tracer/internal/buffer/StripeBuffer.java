package dev.rideau.tracer.internal.buffer;

import static dev.rideau.tracer.internal.buffer.BufferDescriptor.*;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.concurrent.locks.LockSupport;

/// The ring buffer of one stripe of a channel: many writers, one consumer, no lock.
///
/// A writer *reserves* room by compare-and-swap of the reserve position, with the time read between
/// load and swap: whoever reserves later has read the clock later, so time never runs backwards in
/// a packet. It writes its record and *commits*: first the mark of this record, then the commit
/// count of the sub-buffer. A packet is complete when its commit count says that every byte has
/// been written; who reserves across the end of a sub-buffer closes the packet and opens the next.
///
/// Packets and marks lie in a mapped file (see [BufferDescriptor]), so they survive the process;
/// the numbers that change with each record are [Counters]. Positions are bytes since the beginning
/// of recording and never wrap.
public final class StripeBuffer {
  // An open packet older than this is closed by the next event: timestamps in records have 48 bits.
  private static final long PACKET_LIFE_NS = 1L << 47;
  private static final long WAIT_STEP_NS = 20_000;

  /// The mapped file.
  public final MemorySegment memory;

  private final long dataOffset;
  private final long marksOffset;

  // What is added to offsets in the window: the address of the mapping, or 0.
  private final long windowOffset;

  private final long subBufferMask;
  private final long ringMask;
  private final int subBufferShift;
  private final int subBufferCount;
  private final int contextBytes;
  private final long alignmentMask;
  private final boolean overwrite;
  private final long waitNs;
  private final Stripes stripes;
  private final long[] counters;

  // Racy on purpose: an old value only leads to the slow path.
  private long packetDeadline;
  // Owned by who closes the buffer.
  private long closedAt = -1;

  private StripeBuffer(MemorySegment memory, BufferGeometry geometry, Stripes stripes) {
    this.memory = memory;
    this.stripes = stripes;
    subBufferCount = geometry.subBufferCount();
    subBufferShift = Integer.numberOfTrailingZeros(geometry.subBufferBytes());
    subBufferMask = geometry.subBufferBytes() - 1L;
    ringMask = geometry.ringBytes() - 1;
    overwrite = geometry.overwrite();
    waitNs = geometry.waitNs();
    contextBytes = geometry.contextBytes();
    alignmentMask = geometry.aligned() ? ALIGNMENT_BYTES - 1 : 0;
    counters = Counters.cells(subBufferCount);
    windowOffset = NativeMemory.ALL == null ? 0 : memory.address();
    marksOffset = MARKS_OFFSET;
    dataOffset = dataOffset(subBufferCount, geometry.subBufferBytes());
  }

  /// Makes an empty buffer in memory that is all zeros, and opens its first packet.
  static StripeBuffer create(
      MemorySegment memory,
      BufferGeometry geometry,
      byte[] uuid,
      int streamClass,
      long streamInstance,
      Stripes stripes) {
    StripeBuffer buffer = new StripeBuffer(memory, geometry, stripes);
    Bytes.put(memory, AT_VERSION, VERSION);
    Bytes.put(
        memory,
        AT_MODE,
        (geometry.overwrite() ? OVERWRITE : 0) | (geometry.aligned() ? ALIGNED : 0));
    Bytes.put(memory, AT_SUB_BUFFER_BYTES, (long) geometry.subBufferBytes());
    Bytes.put(memory, AT_SUB_BUFFER_COUNT, geometry.subBufferCount());
    Bytes.put(memory, AT_CONTEXT_BYTES, geometry.contextBytes());
    Bytes.put(memory, AT_MARKS_OFFSET, buffer.marksOffset);
    Bytes.put(memory, AT_DATA_OFFSET, buffer.dataOffset);
    Bytes.put(memory, AT_STREAM_CLASS, (long) streamClass);
    Bytes.put(memory, AT_STREAM_INSTANCE, streamInstance);
    for (int i = 0; i < uuid.length; i++) {
      Bytes.put(memory, AT_UUID + i, uuid[i]);
    }
    for (int slot = 0; slot < geometry.subBufferCount(); slot++) {
      long at = buffer.dataOffset + (long) slot * geometry.subBufferBytes();
      putPacketIdentity(memory, at, uuid, streamClass, streamInstance);
      Bytes.put(memory, at + AT_PACKET_SEQUENCE, -1L);
    }
    Counters.setReserve(buffer.counters, PACKET_HEADER_BYTES);
    buffer.openPacket(0, EventClock.nowInOrder());
    Bytes.setRelease(memory, AT_MAGIC, MAGIC);
    return buffer;
  }

  /// Looks at the buffer of a process that is gone.
  static StripeBuffer open(MemorySegment memory, BufferGeometry geometry) {
    StripeBuffer buffer = new StripeBuffer(memory, geometry, Stripes.NONE);
    long newest = Bytes.getVolatile(memory, AT_NEWEST_PACKET);
    Counters.setReserve(buffer.counters, (newest << buffer.subBufferShift) + buffer.subBufferMask);
    return buffer;
  }

  /// Reserves room for a record and writes its header.
  ///
  /// @param payloadBytes bytes after the context
  /// @return the position of the record, or -1 when the event is lost
  public long reserve(int payloadBytes, int eventId) {
    long bytes = (long) payloadBytes + (RECORD_HEADER_BYTES + contextBytes);
    long position = Counters.reserve(counters);
    long thread = Thread.currentThread().threadId();
    long now =
        Counters.isReservedBy(counters, position, thread)
            ? EventClock.now()
            : EventClock.nowInOrder();
    long within = aligned(position & subBufferMask);
    long begin = (position & ~subBufferMask) + within;
    if (within + bytes <= subBufferMask
        && now <= packetDeadline
        && Counters.reserve(counters, position, begin + bytes)) {
      Counters.reservedBy(counters, begin + bytes, thread);
      putHeader(begin, now, eventId);
      return begin;
    }
    return reserveSlowly(bytes, eventId);
  }

  private void putHeader(long position, long now, int eventId) {
    Bytes.put(window(), windowOffset + dataOffset + (position & ringMask), now << 16 | eventId);
  }

  /// What records are written into, at the offsets that follow.
  public MemorySegment window() {
    MemorySegment all = NativeMemory.ALL;
    return all == null ? memory : all;
  }

  /// Where a record may begin, from a byte of a packet on. Positions are not rounded themselves:
  /// the content of a packet ends where its last record does.
  long aligned(long bytes) {
    return bytes + alignmentMask & ~alignmentMask;
  }

  /// Where the context of the record at a position begins in the [#window()].
  public long contextOffset(long position) {
    return windowOffset + dataOffset + (position & ringMask) + RECORD_HEADER_BYTES;
  }

  /// Where the payload of the record at a position begins in the [#window()].
  public long payloadOffset(long position) {
    return windowOffset + dataOffset + (position & ringMask) + (RECORD_HEADER_BYTES + contextBytes);
  }

  /// Commits a record: all its bytes have been written.
  public void commit(long position, int payloadBytes) {
    long packet = position >> subBufferShift;
    Bytes.setRelease(
        window(),
        windowOffset + marksOffset + ((position & ringMask) >> MARK_SHIFT) * 2,
        mark(packet, subBufferCount, position));
    Counters.commit(
        counters,
        slotOf(packet),
        aligned((long) payloadBytes + (RECORD_HEADER_BYTES + contextBytes)));
    // Until here the window needs the mapping.
    Reference.reachabilityFence(this);
  }

  /// Turns a record that could not be written into `rideau:lost`, whose payload is one string, and
  /// commits it.
  public void abandon(long position, int payloadBytes) {
    if (payloadBytes > 0) {
      putHeader(position, Bytes.getLong(memory, dataOffset + (position & ringMask)) >>> 16, 0);
      long payload = payloadOffset(position);
      for (int i = 0; i < payloadBytes - 1; i++) {
        Bytes.put(window(), payload + i, (byte) '-');
      }
      Bytes.put(window(), payload + payloadBytes - 1, (byte) 0);
    }
    commit(position, payloadBytes);
  }

  private int slotOf(long packet) {
    return (int) packet & subBufferCount - 1;
  }

  private long packetOffset(long packet) {
    return dataOffset + ((packet << subBufferShift) & ringMask);
  }

  private long reserveSlowly(long bytes, int eventId) {
    if (PACKET_HEADER_BYTES + bytes > subBufferMask) {
      return lose(AT_LOST_TOO_LARGE);
    }
    long deadline = 0;
    for (boolean first = true; ; first = false) {
      long position = Counters.reserve(counters);
      long now = EventClock.nowInOrder();
      if ((position & CLOSED) != 0) {
        return lose(0);
      }
      long within = aligned(position & subBufferMask);
      if (within + bytes <= subBufferMask && now <= packetDeadline) {
        long begin = (position & ~subBufferMask) + within;
        if (Counters.reserve(counters, position, begin + bytes)) {
          putHeader(begin, now, eventId);
          if (first) {
            // The fast path lost a race: another thread uses this stripe at the same time.
            stripes.leave(this);
          }
          return begin;
        }
        continue;
      }
      long next = (position >> subBufferShift) + 1;
      if (!overwrite && !hasRoom(next)) {
        if (waitNs == 0 || !stripes.mayWait()) {
          return lose(0);
        }
        if (deadline == 0) {
          deadline = now + waitNs;
        } else if (now > deadline) {
          return lose(0);
        }
        stripes.wakeConsumer();
        LockSupport.parkNanos(WAIT_STEP_NS);
        continue;
      }
      if (!isFree(next)) {
        // Others may have gone round the ring since the position was read.
        if (Counters.reserve(counters) != position) {
          continue;
        }
        return lose(AT_LOST_UNCOMMITTED);
      }
      long begin = (next << subBufferShift) + PACKET_HEADER_BYTES;
      announce(next);
      if (Counters.reserve(counters, position, begin + bytes)) {
        turn(position, next, now);
        putHeader(begin, now, eventId);
        if (!overwrite) {
          stripes.delivered(next - Bytes.getAcquire(memory, AT_CONSUMED), subBufferCount);
        }
        return begin;
      }
    }
  }

  private long lose(long reason) {
    Bytes.add(memory, AT_LOST, 1);
    if (reason != 0) {
      Bytes.add(memory, reason, 1);
    }
    return -1;
  }

  private boolean hasRoom(long packet) {
    return packet - Bytes.getAcquire(memory, AT_CONSUMED) < subBufferCount;
  }

  // Whether everything that was ever reserved in the slot has been committed.
  private boolean isFree(long packet) {
    return Counters.committed(counters, slotOf(packet))
        == packet / subBufferCount << subBufferShift;
  }

  // Tells recovery how far packets go, before anything is written into the next one: from then on
  // nobody believes what the slot held before.
  private void announce(long packet) {
    long known = Bytes.getVolatile(memory, AT_NEWEST_PACKET);
    while (known < packet && !Bytes.compareAndSet(memory, AT_NEWEST_PACKET, known, packet)) {
      known = Bytes.getVolatile(memory, AT_NEWEST_PACKET);
    }
  }

  // Closes the packet that ends at `position` and opens the next; called by who swapped.
  private void turn(long position, long next, long now) {
    packetDeadline = now + PACKET_LIFE_NS;
    closePacket(position, now);
    openPacket(next, now);
  }

  // Others may fill and even close the packet before this is done, so what closePacket writes is
  // not touched here.
  private void openPacket(long packet, long now) {
    packetDeadline = now + PACKET_LIFE_NS;
    long generation = packet / subBufferCount % GENERATIONS + 1;
    if (generation == HALF_GENERATION || generation == GENERATIONS) {
      forgetOldMarks(packet, generation == GENERATIONS);
    }
    long at = packetOffset(packet);
    Bytes.put(memory, at + AT_PACKET_BEGIN, now);
    Bytes.setRelease(memory, at + AT_PACKET_SEQUENCE, packet);
    Counters.commit(counters, slotOf(packet), PACKET_HEADER_BYTES);
  }

  private void closePacket(long position, long now) {
    long packet = position >> subBufferShift;
    long content = position & subBufferMask;
    putPacketEnd(memory, packetOffset(packet), content, now, Bytes.getVolatile(memory, AT_LOST));
    Counters.commit(counters, slotOf(packet), subBufferMask + 1 - aligned(content));
  }

  // Generations begin anew after 8,191 rounds, and marks of the last time must not look new. Half
  // way through, those of the other half are wiped. Others commit marks of the current generation
  // meanwhile; it is never in the half that is wiped, and the swap fails where a mark changes.
  private void forgetOldMarks(long packet, boolean lowerHalf) {
    long begin = marksOffset + ((packet << subBufferShift & ringMask) >> MARK_SHIFT) * 2;
    long end = begin + ((subBufferMask + 1) >> MARK_SHIFT) * 2;
    for (long at = begin; at < end; at += 4) {
      while (true) {
        int pair = Bytes.getIntVolatile(memory, at);
        int kept = keep(pair & 0xFFFF, lowerHalf) | keep(pair >>> 16, lowerHalf) << 16;
        if (kept == pair || Bytes.compareAndSet(memory, at, pair, kept)) {
          break;
        }
      }
    }
  }

  private static int keep(int mark, boolean lowerHalf) {
    return mark >> MARK_SHIFT <= HALF_GENERATION == lowerHalf ? 0 : mark;
  }

  /// Closes the open packet if it has records, or if `always`, and opens the next; where there is
  /// no room for a next one it stays open.
  public void flush(boolean always) {
    while (true) {
      long position = Counters.reserve(counters);
      if ((position & CLOSED) != 0
          || (!always && (position & subBufferMask) == PACKET_HEADER_BYTES)) {
        return;
      }
      long next = (position >> subBufferShift) + 1;
      if ((!overwrite && !hasRoom(next)) || !isFree(next)) {
        return;
      }
      long now = EventClock.nowInOrder();
      announce(next);
      if (Counters.reserve(counters, position, (next << subBufferShift) + PACKET_HEADER_BYTES)) {
        turn(position, next, now);
        return;
      }
    }
  }

  /// Lets nobody reserve any more and closes the open packet. What is emitted later is lost, and
  /// counted.
  public void close() {
    while (closedAt < 0) {
      long position = Counters.reserve(counters);
      if (Counters.reserve(counters, position, CLOSED | position | subBufferMask)) {
        closedAt = position;
        closePacket(position, EventClock.nowInOrder());
      }
    }
  }

  /// Number of the packet that is open, or after [#close()] of the one that would come next.
  long openPacketNumber() {
    long position = Counters.reserve(counters);
    long packet = (position & ~CLOSED) >> subBufferShift;
    return (position & CLOSED) == 0 ? packet : packet + 1;
  }

  /// Number of the first packet that the consumer has not taken.
  long consumedPackets() {
    return Bytes.getAcquire(memory, AT_CONSUMED);
  }

  /// Gives the slots of all packets before this one back to the writers.
  void consumed(long packets) {
    Bytes.setRelease(memory, AT_CONSUMED, packets);
  }

  /// Whether a packet that is closed has been written to its last byte; never known of the buffer
  /// of a process that is gone.
  boolean isComplete(long packet) {
    return Counters.committed(counters, slotOf(packet))
        == (packet / subBufferCount + 1) << subBufferShift;
  }

  /// The bytes of a sub-buffer.
  MemorySegment slot(long packet) {
    return memory.asSlice(packetOffset(packet), subBufferMask + 1);
  }

  int subBufferCount() {
    return subBufferCount;
  }

  /// Events that were lost, for whatever reason.
  public long lost() {
    return Bytes.getVolatile(memory, AT_LOST);
  }

  /// Events that were lost because a sub-buffer is too small for them.
  public long lostTooLarge() {
    return Bytes.getVolatile(memory, AT_LOST_TOO_LARGE);
  }

  /// Events that were lost because a writer never came back to commit.
  public long lostUncommitted() {
    return Bytes.getVolatile(memory, AT_LOST_UNCOMMITTED);
  }

  boolean isOverwrite() {
    return overwrite;
  }

  /// Up to where records may have been reserved in a packet, in bytes.
  long reservedBytes(long packet) {
    long position = Counters.reserve(counters);
    return (position & CLOSED) == 0 && position >> subBufferShift == packet
        ? position & subBufferMask
        : subBufferMask + 1;
  }

  /// Where the next committed record of a packet begins, from byte `from` on, or `limit`.
  long nextRecord(long packet, long from, long limit) {
    long marks = marksOffset + ((packet << subBufferShift & ringMask) >> MARK_SHIFT) * 2;
    int generation = mark(packet, subBufferCount, 0) >> MARK_SHIFT & GENERATIONS;
    for (long granule = from >> MARK_SHIFT; granule << MARK_SHIFT < limit; granule++) {
      int mark = Bytes.getShortAcquire(memory, marks + granule * 2) & 0xFFFF;
      if (mark >> MARK_SHIFT == generation) {
        long begin = (granule << MARK_SHIFT) + (mark & 7);
        if (begin >= from && begin < limit) {
          return begin;
        }
      }
    }
    return limit;
  }
}
