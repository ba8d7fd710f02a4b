package dev.rideau.ctf;

import dev.rideau.ctf.internal.write.PacketWriter;
import dev.rideau.ctf.internal.write.StreamPlan;
import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the event records of one data stream, in the order of time.
///
/// Packets are either *copied*, between [#beginPacket] and [#endPacket]: they keep the header and
/// context fields, the times and the counters of the packet that the records come from. Or they are
/// *own*: a packet begins with a record, and ends when it is full or at [#endPacket].
///
/// Used by one thread at a time; several writers of a trace may be used by several threads. Nothing
/// is allocated per record.
public final class StreamWriter implements AutoCloseable {
  private final StreamPlan plan;
  private final PacketWriter packets;
  private @Nullable RecordBuilder builder;

  StreamWriter(StreamPlan plan, byte[] uuid, Path file, long streamId, int mostPacketBytes)
      throws IOException {
    this.plan = plan;
    packets = new PacketWriter(plan, uuid, file, streamId, mostPacketBytes);
  }

  /// The class that the columns of records must have been made for.
  public DataStreamClass dataStreamClass() {
    return plan.source();
  }

  /// Number of records written.
  public long recordCount() {
    return packets.recordCount();
  }

  /// Bytes of the packets that ended.
  public long lengthBytes() {
    return packets.lengthBytes();
  }

  /// The context that own packets get, a single row, null when packets have none. Fields with a
  /// role are filled in by the writer; set others, for instance the CPU number, before the first
  /// record.
  public @Nullable StructColumn ownPacketContext() {
    return packets.ownPacketContext();
  }

  /// Says how many events the producer has discarded up to now, for the next packet that ends.
  public void discardedEvents(long count) {
    packets.discardedEvents(count);
  }

  /// Begins a copied packet.
  ///
  /// @param header header of the source packet, a single row; needed if the class has one
  /// @param context context of the source packet, a single row; needed if the class has one
  public void beginPacket(@Nullable StructColumn header, @Nullable StructColumn context)
      throws IOException {
    packets.beginCopied(header, context);
  }

  /// Begins an own packet before its first record: the recording may have begun before it.
  ///
  /// @param clockValue value of the default clock in cycles
  public void beginPacket(long clockValue) throws IOException {
    packets.beginAt(clockValue);
  }

  /// Ends the packet at a time behind its last record; does nothing when there is none.
  ///
  /// @param clockValue value of the default clock in cycles
  public void endPacket(long clockValue) throws IOException {
    packets.endAt(clockValue);
  }

  /// Ends the packet; does nothing when there is none.
  public void endPacket() throws IOException {
    packets.end();
  }

  /// Writes one row of a batch.
  ///
  /// @param clockValue value of the default clock in cycles
  public void write(Batch batch, int row, long clockValue) throws IOException {
    packets.write(batch, row, clockValue);
  }

  /// Writes the records from `from` up to, not including, `to`.
  public void write(RecordBlock block, int from, int to) throws IOException {
    int[] eventClasses = block.eventClasses();
    int[] rows = block.rows();
    long[] clockValues = block.clockValues();
    for (int i = from; i < to; i++) {
      packets.write(batch(block, eventClasses[i]), rows[i], clockValues[i]);
    }
  }

  /// Writes the records at the first `count` positions.
  public void write(RecordBlock block, int[] positions, int count) throws IOException {
    int[] eventClasses = block.eventClasses();
    int[] rows = block.rows();
    long[] clockValues = block.clockValues();
    for (int i = 0; i < count; i++) {
      int at = positions[i];
      packets.write(batch(block, eventClasses[at]), rows[at], clockValues[at]);
    }
  }

  private static Batch batch(RecordBlock block, int eventClass) {
    Batch batch = block.batch(eventClass);
    if (batch == null) {
      throw new IllegalArgumentException("the projection leaves out records that are written");
    }
    return batch;
  }

  /// Starts a record that is given field by field; the builder belongs to this writer and is used
  /// again for the next record.
  ///
  /// @param clockValue value of the default clock in cycles
  public RecordBuilder begin(EventClass eventClass, long clockValue) {
    RecordBuilder used = builder;
    if (used == null) {
      used = new RecordBuilder(this);
      builder = used;
    }
    used.begin(eventClass, clockValue);
    return used;
  }

  /// Ends the last packet and closes the file.
  @Override
  public void close() throws IOException {
    packets.close();
  }
}
