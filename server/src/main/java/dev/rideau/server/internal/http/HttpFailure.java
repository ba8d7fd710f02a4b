package dev.rideau.server.internal.http;

import org.jspecify.annotations.Nullable;

/// A request that cannot be answered, as the one who asked is told.
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String advice;

  public HttpFailure(int status, String message) {
    this(status, message, null);
  }

  /// @param status of HTTP, 400 to 599
  /// @param advice what the user can do, where there is something
  public HttpFailure(int status, String message, @Nullable String advice) {
    super(message, null, false, false);
    this.status = status;
    this.advice = advice;
  }

  /// A request that makes no sense.
  public static HttpFailure bad(String message) {
    return new HttpFailure(400, message);
  }

  /// Something that is not there.
  public static HttpFailure unknown(String message) {
    return new HttpFailure(404, message);
  }

  public int status() {
    return status;
  }

  public @Nullable String advice() {
    return advice;
  }
}
