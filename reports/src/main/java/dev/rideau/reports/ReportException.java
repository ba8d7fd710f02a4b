package dev.rideau.reports;

import org.jspecify.annotations.Nullable;

/// A report cannot be read or run: what is wrong, where, and what to do.
public final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String advice;

  public ReportException(String message, @Nullable String advice) {
    this(message, advice, null);
  }

  public ReportException(String message, @Nullable String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /// What the user can do, where there is something.
  public @Nullable String advice() {
    return advice;
  }
}
