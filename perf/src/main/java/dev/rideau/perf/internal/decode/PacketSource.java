package dev.rideau.perf.internal.decode;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;

/// Hands out the bytes of packets.
@FunctionalInterface
public interface PacketSource {

  /// Reads a whole packet to the front of `target`.
  ///
  /// @return how many bytes were read; failures were reported
  int read(DataStream stream, int packet, byte[] target, DiagnosticSink diagnostics);
}
