package dev.rideau.cli.internal;

import org.jspecify.annotations.Nullable;

/// A failure that the user can understand: what happened where, and what to do.
///
/// Commands throw it; [ErrorReport] prints message and advice, and the program ends with
/// [ExitCode#ERROR].
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String advice;

  public CommandFailure(String message) {
    this(message, null, null);
  }

  /// @param advice one sentence: what the user can do
  public CommandFailure(String message, String advice) {
    this(message, advice, null);
  }

  public CommandFailure(String message, @Nullable String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /// What the user can do, where there is something.
  public @Nullable String advice() {
    return advice;
  }
}
