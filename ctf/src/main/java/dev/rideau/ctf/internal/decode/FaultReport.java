package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Tells the diagnostic sink what is wrong with the bytes of a data stream, and where. Owned by its
/// cursor.
final class FaultReport {
  private final DataStream stream;
  private final PacketBytes source;
  private final TraceClass traceClass;
  private final DiagnosticSink diagnostics;

  FaultReport(
      DataStream stream, PacketBytes source, TraceClass traceClass, DiagnosticSink diagnostics) {
    this.stream = stream;
    this.source = source;
    this.traceClass = traceClass;
    this.diagnostics = diagnostics;
  }

  /// Finds and reports the rule that is broken.
  ///
  /// @param startBits bit of the packet where the record starts that could not be decoded
  /// @param lastByteOrder [DecodeState#lastByteOrder] there
  void report(int packet, long startBits, int lastByteOrder) {
    DecodeFault fault =
        new FaultFinder(traceClass, stream.packets(), source, CtfBlockCursor.MOST_WINDOW_BYTES)
            .find(packet, startBits, byteOrder(lastByteOrder));
    if (fault == null) {
      report(packet, FaultKind.DISAGREEMENT, "an event record could not be decoded", startBits);
    } else if (fault.kind() == FaultKind.NEEDS_MORE_BYTES) {
      // So long that nobody looked where it ends.
      report(
          packet,
          FaultKind.BEYOND_CONTENT,
          "a field reaches beyond the packet's content",
          startBits);
    } else {
      report(packet, fault.kind(), fault.message(), fault.offsetBits());
    }
  }

  /// Reports a record that is longer than the longest window.
  void tooLong(int packet, long startBits, int mostBytes) {
    report(
        packet,
        FaultKind.TOO_LONG,
        "an event record is longer than %d MiB".formatted(mostBytes >> 20),
        startBits);
  }

  private static @Nullable ByteOrder byteOrder(int lastByteOrder) {
    return switch (lastByteOrder) {
      case 1 -> ByteOrder.LITTLE_ENDIAN;
      case 2 -> ByteOrder.BIG_ENDIAN;
      default -> null;
    };
  }

  private void report(int packet, FaultKind kind, String message, long packetBits) {
    PacketIndex packets = stream.packets();
    diagnostics.report(
        new Diagnostic(
            Severity.ERROR,
            kind.rule(),
            message,
            Origin.ofBit(
                packets.file(packet),
                stream.name(),
                packet,
                packets.offsetBytes(packet) * 8 + packetBits),
            packets.beginNs(packet),
            packets.endNs(packet),
            kind.advice()));
  }
}
