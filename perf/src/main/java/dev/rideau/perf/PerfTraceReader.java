package dev.rideau.perf;

import dev.rideau.perf.internal.flame.SampleReading;
import dev.rideau.perf.internal.open.PerfOpener;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

/// Reads `perf.data`: files of `perf record`, and what it writes into a pipe.
public final class PerfTraceReader implements TraceReader {

  @Override
  public String format() {
    return "perf.data";
  }

  @Override
  public boolean probe(Path path) {
    return PerfOpener.probe(path);
  }

  @Override
  public List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return new PerfOpener(SampleReading::read, diagnostics).open(inputs);
  }
}
