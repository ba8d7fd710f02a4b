package dev.rideau.server.internal.view;

import dev.rideau.kernel.KernelExtraction;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;

/// When traces were recorded, as long as there are no facts.
///
/// Whoever counts from the begin must not have to count anew: it is that of the facts from the
/// start on. The end is roughly known.
final class TraceSpan {
  private TraceSpan() {}

  /// From the begin of the recording to behind the last packet; empty when nothing is known.
  static TimeRange of(OpenedTraces traces) {
    TimeRange packets = ofPackets(traces);
    long begin =
        KernelExtraction.of(traces).stream()
            .mapToLong(KernelExtraction::beginNs)
            .filter(ns -> ns != 0)
            .min()
            .orElse(packets.beginNs());
    return new TimeRange(begin, Math.max(begin + 1, packets.endNs()));
  }

  private static TimeRange ofPackets(OpenedTraces traces) {
    long begin = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (DataStream stream : traces.dataStreams()) {
      PacketIndex packets = stream.packets();
      for (int i = 0; i < packets.size(); i++) {
        long first = packets.beginNs(i);
        long last = packets.endNs(i);
        begin = first == PacketIndex.UNKNOWN ? begin : Math.min(begin, first);
        end = first == PacketIndex.UNKNOWN ? end : Math.max(end, first + 1);
        end = last == PacketIndex.UNKNOWN ? end : Math.max(end, last + 1);
      }
    }
    return begin < end ? new TimeRange(begin, end) : new TimeRange(0, 0);
  }
}
