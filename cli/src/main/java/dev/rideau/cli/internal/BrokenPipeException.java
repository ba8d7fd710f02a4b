package dev.rideau.cli.internal;

/// Nobody reads standard output any more (`| head`). Not a failure: the program ends quietly.
public final class BrokenPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPipeException(Throwable cause) {
    super("standard output was closed", cause, false, false);
  }
}
