package dev.rideau.ftrace;

import dev.rideau.ftrace.internal.open.TraceDatOpener;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

/// Reads `trace.dat` files, versions 6 and 7, as trace-cmd and `rideau record` write them.
///
/// Each ring buffer of each CPU is a data stream. The traces are [KernelTrace]s.
public final class FtraceReader implements TraceReader {

  @Override
  public String format() {
    return "trace.dat";
  }

  @Override
  public boolean probe(Path path) {
    return TraceDatOpener.probe(path);
  }

  @Override
  public List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return TraceDatOpener.open(inputs, diagnostics);
  }
}
