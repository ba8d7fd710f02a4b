package dev.rideau.ftrace.internal.ring;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Severity;
import java.util.BitSet;

/// Tells what is wrong with the pages of a stream, the same thing not again and again. Used by one
/// thread.
final class RingFaults {
  private final DataStream stream;
  private final PacketIndex packets;
  private final DiagnosticSink diagnostics;
  private final BitSet unknownIds = new BitSet();
  private long lastNs = Long.MIN_VALUE;
  private boolean saidTimeGoesBack;

  RingFaults(DataStream stream, DiagnosticSink diagnostics) {
    this.stream = stream;
    this.diagnostics = diagnostics;
    packets = stream.packets();
  }

  /// Forgets the time before.
  void restart() {
    lastNs = Long.MIN_VALUE;
  }

  void enterPacket() {
    saidTimeGoesBack = false;
  }

  /// Looks whether the times of a block ascend, from those of the block before on.
  void checkOrder(RecordBlock block, int packet) {
    long[] timestampsNs = block.timestampsNs();
    int size = block.size();
    long last = lastNs;
    int back = -1;
    for (int i = 0; i < size; i++) {
      if (timestampsNs[i] < last) {
        back = i;
      }
      last = timestampsNs[i];
    }
    lastNs = last;
    if (back >= 0 && !saidTimeGoesBack) {
      saidTimeGoesBack = true;
      diagnostics.report(
          new Diagnostic(
              Severity.WARNING,
              "time-goes-back",
              "the time of event records goes back in data stream " + stream.name(),
              Origin.ofBit(packets.file(packet), stream.name(), packet, block.offsetsBits()[back]),
              timestampsNs[back],
              PacketIndex.UNKNOWN,
              "Records are kept in the order of the stream; the trace clock was not monotonic."));
    }
  }

  /// A record is of an event that has no format.
  ///
  /// @param at byte of the packet
  void unknownId(int packet, int id, int at) {
    if (!unknownIds.get(id)) {
      unknownIds.set(id);
      report(
          packet,
          "unknown-event-class",
          "records say that they are of event %d, of which there is no format".formatted(id),
          at,
          "They are left out; formats of modules loaded later may be missing.");
    }
  }

  /// A record does not fit into its page.
  void brokenRecord(int packet, int at) {
    report(
        packet,
        "broken-record",
        "a record reaches beyond its page",
        at,
        "The rest of the page is left out; the next page is read.");
  }

  void report(int packet, String rule, String message, int at, String advice) {
    diagnostics.report(
        new Diagnostic(
            Severity.ERROR,
            rule,
            message,
            Origin.ofBit(
                packets.file(packet),
                stream.name(),
                packet,
                (packets.offsetBytes(packet) + at) << 3),
            packets.beginNs(packet),
            packets.endNs(packet),
            advice));
  }
}
