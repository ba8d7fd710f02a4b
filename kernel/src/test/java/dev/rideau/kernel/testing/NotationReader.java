package dev.rideau.kernel.testing;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

/// Finds the trace of a notation at any path.
public record NotationReader(String notation) implements TraceReader {
  @Override
  public String format() {
    return "notation";
  }

  @Override
  public boolean probe(Path path) {
    return true;
  }

  @Override
  public List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return TraceNotation.parse(notation).stream().map(DataStream::trace).distinct().toList();
  }
}
