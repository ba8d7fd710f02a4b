package dev.rideau.trace;

/// Receives diagnostics. Implementations are thread-safe: cursors on several threads report to the
/// same sink.
@FunctionalInterface
public interface DiagnosticSink {

  /// Takes note of a diagnostic.
  void report(Diagnostic diagnostic);
}
