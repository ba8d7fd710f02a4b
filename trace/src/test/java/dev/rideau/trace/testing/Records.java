package dev.rideau.trace.testing;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;

/// Reads all records of a data stream, for tests that look at each of them.
public final class Records {
  private Records() {}

  /// Looks at a record.
  @FunctionalInterface
  public interface Look {
    /// @param record its index in the block, which is only good for the duration of the call
    void at(RecordBlock block, int record);
  }

  /// Looks at each, in the order of the stream.
  public static void each(
      DataStream stream, Projection projection, DiagnosticSink diagnostics, Look look) {
    try (BlockCursor cursor = stream.cursor(0, stream.packets().size(), projection, diagnostics)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        for (int record = 0; record < block.size(); record++) {
          look.at(block, record);
        }
      }
    }
  }
}
