package dev.rideau.kernel.internal.slice;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What was told while streams were read. A packet that lies in two ranges is read twice; what it
/// tells twice counts once. Thread-safe.
final class DiagnosticLog implements DiagnosticSink {
  private final Set<String> seen = new HashSet<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  @Override
  public synchronized void report(Diagnostic diagnostic) {
    if (seen.add(diagnostic.severity() + " " + diagnostic)) {
      diagnostics.add(diagnostic);
    }
  }

  /// All of them in an order that does not depend on threads.
  synchronized List<Diagnostic> sorted() {
    return diagnostics.stream().sorted(Comparator.comparing(Diagnostic::toString)).toList();
  }
}
