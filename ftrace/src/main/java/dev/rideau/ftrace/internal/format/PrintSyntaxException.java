package dev.rideau.ftrace.internal.format;

/// A print format that cannot be understood; never leaves this package.
final class PrintSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  PrintSyntaxException(String message) {
    super(message, null, false, false);
  }
}
