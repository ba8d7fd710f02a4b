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

  /// Starts anew with other packets of the same stream, keeping the memory; cheaper than a new
  /// cursor.
  void restart(int firstPacket, int endPacket);

  @Override
  void close();
}
