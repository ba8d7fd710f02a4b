package dev.rideau.tracer.internal.buffer;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Takes packets in the order of their stream.
@FunctionalInterface
public interface PacketSink {
  /// Takes one packet.
  ///
  /// @param bytes the whole packet; may be read during the call only
  void accept(MemorySegment bytes) throws IOException;
}
