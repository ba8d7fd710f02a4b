package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// Successive event records of one packet: their order, and their fields grouped by event class.
///
/// ```
/// record            0      1      2      3        in the order of the data stream
/// timestampsNs      100    105    105    120
/// eventClasses      2      0      2      2        ordinals
/// rows              0      0      1      2        row in batch(eventClasses[i])
/// ```
///
/// Ownership: *recycled*. A block belongs to the [BlockCursor] that returned it and may be read
/// until the next call of that cursor, by one thread at a time. Whoever needs rows for longer
/// copies them. All arrays are longer than [#size()] says.
public final class RecordBlock implements TimedBlock {
  private final DataStream stream;
  private final @Nullable Batch[] batches;
  private final long[] timestampsNs;
  private final long[] clockValues;
  private final int[] eventClasses;
  private final int[] rows;
  private final long[] offsetsBits;
  private @Nullable StructColumn packetHeader;
  private @Nullable StructColumn packetContext;
  private int packet;
  private int size;

  /// Makes an empty block for `capacity` records.
  ///
  /// @param batches by [EventClass#ordinal()]; null for classes that are not wanted
  public RecordBlock(DataStream stream, @Nullable Batch[] batches, int capacity) {
    this.stream = stream;
    this.batches = batches;
    timestampsNs = new long[capacity];
    clockValues = new long[capacity];
    eventClasses = new int[capacity];
    rows = new int[capacity];
    offsetsBits = new long[capacity + 1];
  }

  /// The data stream that the records belong to.
  public DataStream stream() {
    return stream;
  }

  /// Index of the packet in [DataStream#packets()].
  public int packet() {
    return packet;
  }

  @Override
  public int size() {
    return size;
  }

  /// Most records that the block can hold.
  public int capacity() {
    return rows.length;
  }

  @Override
  public long[] timestampsNs() {
    return timestampsNs;
  }

  /// Value of the default clock in cycles at each record, unsigned.
  public long[] clockValues() {
    return clockValues;
  }

  /// [EventClass#ordinal()] of each record.
  public int[] eventClasses() {
    return eventClasses;
  }

  /// Row of each record in the batch of its class.
  public int[] rows() {
    return rows;
  }

  /// First bit of each record, its header included, in the data stream's file. Where no record is
  /// left out by the projection the next entry, also the one behind the last record, is the end of
  /// a record.
  public long[] offsetsBits() {
    return offsetsBits;
  }

  /// The records of the class with that ordinal; null when the projection leaves them out. A class
  /// without records in this block has an empty batch.
  public @Nullable Batch batch(int eventClassOrdinal) {
    return batches[eventClassOrdinal];
  }

  /// Number of event classes of the stream.
  public int batchCount() {
    return batches.length;
  }

  /// The packet's header as a single row, null when there is none.
  public @Nullable StructColumn packetHeader() {
    return packetHeader;
  }

  /// The packet's context as a single row, null when there is none.
  public @Nullable StructColumn packetContext() {
    return packetContext;
  }

  /// Starts anew for records of another part of the stream; for the decoder.
  public void restart(
      int packet, @Nullable StructColumn packetHeader, @Nullable StructColumn packetContext) {
    this.packet = packet;
    this.packetHeader = packetHeader;
    this.packetContext = packetContext;
    size = 0;
    for (Batch batch : batches) {
      if (batch != null && batch.size() > 0) {
        batch.clear();
      }
    }
  }

  /// Sets the number of records; for the decoder.
  public void resize(int size) {
    this.size = size;
  }
}
