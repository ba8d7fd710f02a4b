package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.Strictness;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Origin;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Makes errors and warnings about places of one metadata text.
final class Reporter {
  private final @Nullable Path file;
  private final DiagnosticSink sink;
  private final Strictness strictness;

  Reporter(@Nullable Path file, DiagnosticSink sink, Strictness strictness) {
    this.file = file;
    this.sink = sink;
    this.strictness = strictness;
  }

  boolean isStrict() {
    return strictness == Strictness.STRICT;
  }

  /// The exception that ends reading; for the caller to throw.
  TraceException fault(TextPlace place, Rule rule, String message, @Nullable String advice) {
    return new TraceException(Diagnostic.error(rule.label(), message, origin(place), advice));
  }

  /// Reports a violation that does not prevent decoding: throws when strict.
  void tolerate(TextPlace place, Rule rule, String message, @Nullable String advice) {
    if (isStrict()) {
      throw fault(place, rule, message, advice);
    }
    warn(place, rule, message, advice);
  }

  /// Reports what no reader of the format takes for an error.
  void warn(TextPlace place, Rule rule, String message, @Nullable String advice) {
    sink.report(Diagnostic.of(Severity.WARNING, rule.label(), message, origin(place), advice));
  }

  private Origin origin(TextPlace place) {
    return Origin.ofText(file, place.line(), place.column());
  }
}
