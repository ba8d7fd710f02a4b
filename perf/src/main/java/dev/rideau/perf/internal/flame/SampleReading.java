package dev.rideau.perf.internal.flame;

import dev.rideau.perf.internal.file.SampleBit;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.SampledTrace.SampleSink;
import java.util.List;

/// Hands samples to those who know nothing of perf.
public final class SampleReading {
  private SampleReading() {}

  /// Reads all samples that have a call chain, and those of sampling events, which have an address
  /// at least. Tracepoints without call chain say by themselves what they are about.
  public static void read(PerfTrace trace, SampleSink sink, DiagnosticSink diagnostics) {
    ProfileReader.read(
        List.of(trace),
        eventClass -> {
          var attr = trace.metadata().attrs().get(eventClass.ordinal());
          return attr.samples(SampleBit.CALLCHAIN)
              || !attr.isTracepoint() && attr.samples(SampleBit.IP);
        },
        sink,
        diagnostics);
  }
}
