package dev.rideau.ctf.internal.open;

import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what one thread finds in one file, so that it can be reported in the order of files
/// whatever the order of threads. Of findings that repeat packet by packet it keeps the first few
/// and counts the others.
final class FileDiagnostics implements DiagnosticSink {
  private static final int MOST_OF_A_RULE = 3;

  private final int mostOfARule;
  private final List<Diagnostic> kept = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, Diagnostic> lastLeftOut = new LinkedHashMap<>();

  FileDiagnostics() {
    this(MOST_OF_A_RULE);
  }

  FileDiagnostics(int mostOfARule) {
    this.mostOfARule = mostOfARule;
  }

  @Override
  public void report(Diagnostic diagnostic) {
    int count = counts.merge(diagnostic.rule(), 1, Integer::sum);
    if (count <= mostOfARule) {
      kept.add(diagnostic);
    } else {
      lastLeftOut.put(diagnostic.rule(), diagnostic);
    }
  }

  /// Hands everything on.
  void replay(DiagnosticSink target) {
    kept.forEach(target::report);
    lastLeftOut.forEach((rule, last) -> {
      int more = counts.getOrDefault(rule, 0) - mostOfARule;
      Origin origin = last.origin();
      target.report(
          Diagnostic.of(
              last.severity(),
              rule,
              "the same %d more times, last: %s".formatted(more, last.message()),
              origin,
              null));
    });
  }
}
