package dev.rideau.tracer;

/// Something that the program asked for cannot be done: an event is declared wrongly, a session
/// cannot be made. Emitting an event never throws.
public final class TracerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param message what is wrong, and what to do
  public TracerException(String message) {
    super(message);
  }

  /// @param message what is wrong, and what to do
  public TracerException(String message, Throwable cause) {
    super(message, cause);
  }
}
