package dev.rideau.ctf.internal.open;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Severity;

/// Reports packets that begin before the packet before them ends.
final class TimeOrderCheck {
  private TimeOrderCheck() {}

  static void check(PacketIndex packets, DiagnosticSink diagnostics) {
    FileDiagnostics limited = new FileDiagnostics();
    long latestNs = Long.MIN_VALUE;
    for (int packet = 0; packet < packets.size(); packet++) {
      long beginNs = packets.beginNs(packet);
      if (beginNs != PacketIndex.UNKNOWN) {
        if (beginNs < latestNs) {
          limited.report(goesBack(packets, packet, latestNs));
        }
        latestNs = Math.max(latestNs, beginNs);
      }
      if (packets.endNs(packet) != PacketIndex.UNKNOWN) {
        latestNs = Math.max(latestNs, packets.endNs(packet));
      }
    }
    limited.replay(diagnostics);
  }

  private static Diagnostic goesBack(PacketIndex packets, int packet, long latestNs) {
    Origin origin =
        Origin.ofBit(
            packets.file(packet),
            String.valueOf(packets.file(packet).getFileName()),
            packet,
            packets.offsetBytes(packet) * 8);
    return new Diagnostic(
        Severity.WARNING,
        "time-goes-back",
        "the packet begins %d ns before the packet before it ends"
            .formatted(latestNs - packets.beginNs(packet)),
        origin,
        packets.beginNs(packet),
        latestNs,
        "Records are read in the order of the stream; some may come late in the merged order.");
  }
}
