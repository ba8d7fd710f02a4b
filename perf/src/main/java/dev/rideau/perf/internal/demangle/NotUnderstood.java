package dev.rideau.perf.internal.demangle;

/// A name breaks the grammar or a limit. Never leaves [Demangler], which then shows the name as it
/// stands.
final class NotUnderstood extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotUnderstood() {
    super(null, null, false, false);
  }
}
