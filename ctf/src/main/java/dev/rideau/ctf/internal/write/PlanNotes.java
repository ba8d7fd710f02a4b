package dev.rideau.ctf.internal.write;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import java.util.HashSet;
import java.util.Set;

/// Tells once what the target format says differently.
final class PlanNotes {
  private final DiagnosticSink diagnostics;
  private final Set<String> told = new HashSet<>();

  PlanNotes(DiagnosticSink diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// @param rule stable name of what is changed; the first message of a rule is told
  void add(String rule, String message) {
    if (told.add(rule)) {
      diagnostics.report(
          Diagnostic.of(Severity.NOTE, "written-" + rule, message, Origin.NONE, null));
    }
  }
}
