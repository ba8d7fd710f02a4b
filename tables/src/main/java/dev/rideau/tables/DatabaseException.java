package dev.rideau.tables;

import org.jspecify.annotations.Nullable;

/// The database refused a statement or failed at it: the message is for the user.
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /// What went wrong.
  public enum Kind {
    /// The statement makes no sense: unknown table, wrong type, bad syntax.
    STATEMENT,
    /// Memory or disk ran out.
    RESOURCES,
    /// [TraceDatabase#cancel()] was called.
    CANCELLED,
    /// Anything else.
    OTHER
  }

  public DatabaseException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }
}
