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

  /// Where a record of a packet stands in the file, from the first byte of the packet there.
  ///
  /// @param at where it stands in the bytes that were handed out
  /// @param size length of the record
  /// @param length of the packet
  default int placeInFile(int at, int size, int length) {
    return at;
  }
}
