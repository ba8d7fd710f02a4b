package dev.rideau.tables.internal.store;

import java.sql.SQLException;

/// The database did not take facts: no memory, no disk.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SQLException sqlException;

  StoreFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    sqlException = cause;
  }

  /// What the database said.
  public SQLException sqlException() {
    return sqlException;
  }
}
