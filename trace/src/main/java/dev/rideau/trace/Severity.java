package dev.rideau.trace;

/// How bad a diagnostic is.
public enum Severity {
  /// Worth knowing; results are whole.
  NOTE,
  /// Results are right but not whole: the tracer lost something, or something was left out.
  WARNING,
  /// The input breaks a rule: what follows the place named could not be read.
  ERROR
}
