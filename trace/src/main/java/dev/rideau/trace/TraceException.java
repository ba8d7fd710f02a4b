package dev.rideau.trace;

/// A trace cannot be opened or written: the diagnostic says why. Never thrown on the data plane.
public final class TraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  /// Says why.
  public TraceException(Diagnostic diagnostic) {
    super(diagnostic.toString());
    this.diagnostic = diagnostic;
  }

  /// Says why, and which failure below led to it.
  public TraceException(Diagnostic diagnostic, Throwable cause) {
    super(diagnostic.toString(), cause);
    this.diagnostic = diagnostic;
  }

  /// Why.
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
