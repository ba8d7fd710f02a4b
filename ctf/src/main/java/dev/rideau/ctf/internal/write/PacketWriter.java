package dev.rideau.ctf.internal.write;

import dev.rideau.trace.Batch;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Role;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Puts records into packets and packets into a file. Owned by one thread.
public final class PacketWriter implements Closeable {
  /// When a copied packet has that many bytes in memory, they go to the file.
  private static final int FLUSH_BYTES = 1 << 20;

  /// Room for the record that turns out not to fit into a packet.
  private static final int LAST_RECORD_BYTES = 1 << 16;

  private static final long MAGIC = 0xc1fc1fc1L;

  /// Own packets are padded to whole pages, as tracers do whose buffers are pages.
  private static final long PAGE_BITS = 4096 * 8;

  private final Path file;
  private final StreamPlan plan;
  private final PacketState packet;
  private final RecordOutput output;
  private final PacketFile packetFile;
  private final long mostPacketBits;
  private final @Nullable StructColumn ownHeader;
  private final @Nullable StructColumn ownContext;

  private boolean isOpen;
  private long headBits;
  private long sequenceNumber;
  private long lastClockValue;
  private long recordCount;

  /// @param mostPacketBytes length of own packets, a multiple of 4096
  public PacketWriter(StreamPlan plan, byte[] uuid, Path file, long streamId, int mostPacketBytes)
      throws IOException {
    this.plan = plan;
    this.file = file;
    DataStreamClass source = plan.source();
    packet = new PacketState(uuid);
    packet.values[Role.PACKET_MAGIC_NUMBER.ordinal()] = MAGIC;
    packet.values[Role.DATA_STREAM_CLASS_ID.ordinal()] = plan.target().id();
    packet.values[Role.DATA_STREAM_ID.ordinal()] = streamId;
    int capacityBytes = Math.max(FLUSH_BYTES, mostPacketBytes) + LAST_RECORD_BYTES;
    output = new RecordOutput(capacityBytes, plan.keyCount(), packet);
    mostPacketBits = mostPacketBytes * 8L;
    ownHeader = OwnPackets.row(plan.sourcePacketHeader());
    ownContext = OwnPackets.row(source.packetContext());
    packetFile = new PacketFile(file);
  }

  /// Number of records written.
  public long recordCount() {
    return recordCount;
  }

  /// Bytes of the packets that ended.
  public long lengthBytes() {
    return packetFile.lengthBytes();
  }

  /// The context that own packets get.
  public @Nullable StructColumn ownPacketContext() {
    return ownContext;
  }

  /// Sets the counter of discarded events of the next packet that ends.
  public void discardedEvents(long count) {
    packet.values[Role.DISCARDED_EVENT_COUNTER_SNAPSHOT.ordinal()] = count;
  }

  /// Begins a packet with what another says of itself.
  public void beginCopied(@Nullable StructColumn header, @Nullable StructColumn context)
      throws IOException {
    end();
    packet.copied = true;
    begin(header, context);
  }

  /// Begins an own packet before its first record.
  public void beginAt(long clockValue) throws IOException {
    end();
    lastClockValue = clockValue;
    beginOwn(clockValue);
  }

  private void beginOwn(long clockValue) {
    packet.copied = false;
    packet.values[Role.DEFAULT_CLOCK_TIMESTAMP.ordinal()] = clockValue;
    packet.values[Role.PACKET_SEQUENCE_NUMBER.ordinal()] = sequenceNumber++;
    begin(ownHeader, ownContext);
  }

  private void begin(@Nullable Column header, @Nullable Column context) {
    packet.restart();
    output.bits.restart();
    encode(plan.packetHeader(), header);
    encode(plan.packetContext(), context);
    headBits = output.bits.position();
    isOpen = true;
  }

  private void encode(@Nullable FieldEncoder encoder, @Nullable Column column) {
    if (encoder != null) {
      if (column == null) {
        throw new IllegalArgumentException("the packet header or context is missing");
      }
      encoder.encode(output, column, 0);
    }
  }

  /// Writes one row of a batch.
  public void write(Batch batch, int row, long clockValue) throws IOException {
    if (!isOpen) {
      beginOwn(clockValue);
    }
    long before = output.clockValue();
    output.bits.mark();
    if (!encode(batch, row, clockValue)) {
      if (packet.copied) {
        throw lostTime(clockValue);
      }
      retry(batch, row, clockValue);
    } else if (!packet.copied && output.bits.position() > mostPacketBits) {
      output.bits.reset();
      output.setClockValue(before);
      retry(batch, row, clockValue);
    }
    recordCount++;
    lastClockValue = clockValue;
    if (packet.copied && output.bits.bufferedBits() > FLUSH_BYTES * 8L) {
      packetFile.flush(output.bits, headBits);
    }
  }

  /// In a packet of its own; one that is larger than packets should be is let through.
  private void retry(Batch batch, int row, long clockValue) throws IOException {
    end();
    beginOwn(clockValue);
    if (!encode(batch, row, clockValue)) {
      throw lostTime(clockValue);
    }
  }

  private TraceException lostTime(long clockValue) {
    return new TraceException(
        Diagnostic.error(
            "timestamp-not-writable",
            "the event header cannot tell the clock value %s after %s"
                .formatted(
                    Long.toUnsignedString(clockValue), Long.toUnsignedString(lastClockValue)),
            Origin.ofFile(file),
            "Timestamp fields are too short for the time between these records."));
  }

  private boolean encode(Batch batch, int row, long clockValue) {
    int ordinal = batch.eventClass().ordinal();
    if (!plan.header().encode(output, ordinal, clockValue)) {
      return false;
    }
    encode(plan.commonContext(), batch.commonContext(), row);
    StreamPlan.EventPlan event = plan.events()[ordinal];
    encode(event.specificContext(), batch.specificContext(), row);
    encode(event.payload(), batch.payload(), row);
    return true;
  }

  private void encode(@Nullable FieldEncoder encoder, @Nullable Column column, int row) {
    if (encoder != null) {
      if (column == null) {
        throw new IllegalArgumentException("columns of a record are left out");
      }
      encoder.encode(output, column, row);
    }
  }

  /// Ends the packet at a time behind its last record; does nothing when there is none.
  public void endAt(long clockValue) throws IOException {
    if (Long.compareUnsigned(clockValue, lastClockValue) > 0) {
      lastClockValue = clockValue;
    }
    end();
  }

  /// Ends the packet; does nothing when there is none.
  public void end() throws IOException {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    BitWriter bits = output.bits;
    long contentBits = bits.position();
    long unit = packet.copied ? 8 : PAGE_BITS;
    long totalBits = Math.ceilDiv(contentBits, unit) * unit;
    bits.zero(totalBits - contentBits);
    long[] values = packet.values;
    values[Role.PACKET_CONTENT_LENGTH.ordinal()] = contentBits;
    values[Role.PACKET_TOTAL_LENGTH.ordinal()] = totalBits;
    if (!packet.copied) {
      values[Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP.ordinal()] = lastClockValue;
    }
    packetFile.endPacket(bits, packet);
  }

  @Override
  public void close() throws IOException {
    try (packetFile) {
      end();
    }
  }
}
