package dev.rideau.tables.internal.store;

import java.io.IOException;

/// Carries a failure to write facts out of an extraction.
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final IOException failure;

  StoreFailure(IOException cause) {
    super(cause);
    failure = cause;
  }

  public IOException ioException() {
    return failure;
  }
}
