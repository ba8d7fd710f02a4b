package dev.rideau.trace;

import java.nio.file.Path;
import java.util.List;

/// Reads traces of one format. Implementations are found through [java.util.ServiceLoader].
public interface TraceReader {

  /// The name of the format, for messages: `CTF`.
  String format();

  /// Whether a file or folder (not what lies below it) looks like a trace of this format. Looks at
  /// names and first bytes, has no side effects, and never throws for what it finds.
  boolean probe(Path path);

  /// Opens the traces at these paths, each of which [#probe(Path)] accepted. Parts of one trace
  /// that lie at several paths (chunks of a recording session) become one [Trace].
  ///
  /// @param diagnostics receives what is unusual but does not stop the reader
  /// @throws TraceException when a trace cannot be opened; what was opened before is closed
  List<Trace> open(List<Path> paths, DiagnosticSink diagnostics);
}
