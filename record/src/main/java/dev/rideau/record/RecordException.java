package dev.rideau.record;

/// This machine cannot be recorded, or a recording failed: why, and what to do.
public final class RecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String advice;

  /// @param message what happened
  /// @param advice one sentence: what the user can do, with the exact command where there is one
  public RecordException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /// The same, with the failure below.
  public RecordException(String message, String advice, Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /// What the user can do.
  public String advice() {
    return advice;
  }
}
