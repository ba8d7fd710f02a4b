package dev.rideau.ftrace.internal.file;

/// Something reaches beyond the end of what holds it; never leaves this package.
final class TruncatedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long position;

  /// @param position byte where it was noticed
  TruncatedException(long position) {
    super("ends too early", null, false, false);
    this.position = position;
  }

  long position() {
    return position;
  }
}
