package dev.rideau.ctf;

import dev.rideau.ctf.internal.open.CtfOpener;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceInput;
import dev.rideau.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;

/// Reads Common Trace Format 1.8 and 2: a folder with a file `metadata` and data stream files.
///
/// Folders whose metadata names the same trace (chunks of a recording session, overlapping
/// snapshots) are opened as one [Trace].
public final class CtfTraceReader implements TraceReader {

  @Override
  public String format() {
    return "CTF";
  }

  @Override
  public boolean probe(Path path) {
    return CtfOpener.probe(path);
  }

  @Override
  public List<Trace> open(List<TraceInput> inputs, DiagnosticSink diagnostics) {
    return CtfOpener.open(inputs, diagnostics);
  }
}
