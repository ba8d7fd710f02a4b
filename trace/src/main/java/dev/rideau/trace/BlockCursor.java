package dev.rideau.trace;

import org.jspecify.annotations.Nullable;

/// A position in a data stream that moves on block by block.
///
/// Owned and used by one thread at a time. After creation nothing is allocated per record. Faults
/// in the data are not thrown: the records before them are delivered, the fault goes to the
/// [DiagnosticSink], and the cursor goes on where the format lets it or ends.
public interface BlockCursor extends AutoCloseable {

  /// The next records, at least one, or null at the end. The block of the call before is
  /// overwritten.
  @Nullable RecordBlock next();

  /// Leaves the packet and enters the next one, with or without records: its header and context in
  /// a block without records, or null when there is no packet left. From then on [#next()] ends
  /// with the packet. A packet whose header cannot be decoded is told to the sink and passed over.
  ///
  /// Records that are passed over leave the default clock where it was, which matters to streams
  /// without [DataStream#hasIndependentPackets()] only.
  @Nullable RecordBlock nextPacket();

  /// Starts anew with other packets of the same stream, keeping the memory; cheaper than a new
  /// cursor.
  void restart(int firstPacket, int endPacket);

  /// Says that nobody asks for records before a time, until [#restart]. The cursor may leave out
  /// blocks of which all records are earlier, but not the last one of a packet.
  default void skipBefore(long ns) {}

  @Override
  void close();
}
