package dev.rideau.ctf.internal.open;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import org.jspecify.annotations.Nullable;

/// Decodes the records of single packets to learn when they happened, for tracers whose packet
/// times cannot be trusted. Faults are not reported: whoever decodes the records for good does.
final class RecordClocks implements AutoCloseable {
  private final BlockCursor cursor;

  RecordClocks(CtfDataStream stream) {
    cursor = stream.cursor(0, 0, Projection.TIMESTAMPS, _ -> {});
  }

  /// Value of the default clock at the first record of a packet, null when there is none.
  @Nullable Long first(int packet) {
    cursor.restart(packet, packet + 1);
    RecordBlock block = cursor.next();
    return block == null ? null : block.clockValues()[0];
  }

  /// Value of the default clock at the last readable record of a packet, null when there is none.
  @Nullable Long last(int packet) {
    cursor.restart(packet, packet + 1);
    Long last = null;
    for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
      last = block.clockValues()[block.size() - 1];
    }
    return last;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
