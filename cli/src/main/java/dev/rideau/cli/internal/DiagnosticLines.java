package dev.rideau.cli.internal;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Severity;
import java.util.HashMap;
import java.util.Map;

/// Prints diagnostics on standard error as they come, and remembers whether one was an error.
///
/// Of diagnostics of the same rule only the first ones are printed; the rest is counted. Any thread
/// may report.
public final class DiagnosticLines implements DiagnosticSink {
  private static final int LINES_PER_RULE = 20;

  private final Console console;
  private final Map<String, Integer> counts = new HashMap<>();
  private boolean hasErrors;

  public DiagnosticLines(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void report(Diagnostic diagnostic) {
    hasErrors |= diagnostic.severity() == Severity.ERROR;
    int count = counts.merge(diagnostic.rule(), 1, Integer::sum);
    if (count <= LINES_PER_RULE) {
      String kind =
          switch (diagnostic.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
          };
      console.err().println("rideau: " + kind + ": " + diagnostic);
    }
  }

  /// Whether something was wrong, and not only unusual.
  public synchronized boolean hasErrors() {
    return hasErrors;
  }

  /// Says how much was not printed. Call it once, at the end.
  public synchronized void summarise() {
    counts.forEach((rule, count) -> {
      if (count > LINES_PER_RULE) {
        console
            .err()
            .println("rideau: note: " + (count - LINES_PER_RULE) + " more of [" + rule + "]");
      }
    });
  }
}
