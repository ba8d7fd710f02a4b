package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Tracer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What classes call around calls of databases and HTTP. Never throws.
public final class SpanHooks {
  private static final JdbcEvents JDBC = Tracer.provider(JdbcEvents.class);
  private static final HttpEvents HTTP = Tracer.provider(HttpEvents.class);
  private static final CallKind[] KINDS = CallKind.values();
  private static final AtomicLong IDS = new AtomicLong();

  private SpanHooks() {}

  /// A call begins.
  ///
  /// @param kind ordinal of a [CallKind]
  /// @param argument the first, if it is an object
  /// @return id of the span, 0 when nobody wants it
  public static long begin(int kind, Object receiver, @Nullable Object argument) {
    switch (KINDS[kind]) {
      case JDBC -> {
        if (JDBC.query_beginEnabled()) {
          long id = IDS.incrementAndGet();
          // Statements that were prepared mostly know their text.
          JDBC.query_begin(id, text(argument instanceof String ? argument : receiver));
          return id;
        }
      }
      case HTTP_CLIENT, HTTP_CLIENT_ASYNC -> {
        if (HTTP.client_beginEnabled()) {
          long id = IDS.incrementAndGet();
          HTTP.client_begin(id, text(argument == null ? receiver : argument));
          return id;
        }
      }
    }
    return 0;
  }

  /// The call ends.
  public static void end(long span, int kind, @Nullable Object result, @Nullable Throwable thrown) {
    if (span == 0) {
      return;
    }
    switch (KINDS[kind]) {
      case JDBC -> JDBC.query_end(span, name(thrown));
      case HTTP_CLIENT -> HTTP.client_end(span, status(result), name(thrown));
      case HTTP_CLIENT_ASYNC -> {
        if (result instanceof CompletableFuture<?> future) {
          // In whatever thread completes it; the program goes on with the future it was given.
          CompletableFuture<?> unused =
              future.whenComplete(
                  (response, failure) -> HTTP.client_end(span, status(response), name(failure)));
        } else {
          HTTP.client_end(span, 0, name(thrown));
        }
      }
    }
  }

  private static String name(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause == null ? "" : cause.getClass().getName();
  }

  /// A request is being served.
  ///
  /// @return id of the span, 0 when nobody wants it
  public static long beginServing(@Nullable Object address) {
    if (!HTTP.server_beginEnabled()) {
      return 0;
    }
    long id = IDS.incrementAndGet();
    HTTP.server_begin(id, text(address));
    return id;
  }

  /// The request has been served.
  public static void endServing(long span, @Nullable Throwable thrown) {
    if (span != 0) {
      HTTP.server_end(span, name(thrown));
    }
  }

  private static String text(@Nullable Object of) {
    try {
      return String.valueOf(of);
    } catch (RuntimeException ofTheProgram) {
      return "";
    }
  }

  // A response of the JDK's client is written as "(GET http://…) 200".
  private static int status(@Nullable Object response) {
    String text = response == null ? "" : text(response);
    int blank = text.lastIndexOf(' ');
    try {
      return blank < 0 ? 0 : Integer.parseInt(text, blank + 1, text.length(), 10);
    } catch (NumberFormatException other) {
      return 0;
    }
  }
}
