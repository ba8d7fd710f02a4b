package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Tracer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URLConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What classes call around calls of databases and HTTP. Never throws.
public final class SpanHooks {
  private static final JdbcEvents JDBC = Tracer.provider(JdbcEvents.class);
  private static final HttpEvents HTTP = Tracer.provider(HttpEvents.class);
  private static final CallKind[] KINDS = CallKind.values();
  private static final StatementTexts PREPARED = new StatementTexts();
  private static final AtomicLong IDS = new AtomicLong();

  private SpanHooks() {}

  /// A call begins.
  ///
  /// @param kind ordinal of a [CallKind]
  /// @param argument the first, if it is an object
  /// @return id of the span, 0 when nobody wants it
  public static long begin(int kind, Object receiver, @Nullable Object argument) {
    return switch (KINDS[kind]) {
      case JDBC -> JDBC.query_beginEnabled() ? query(statement(receiver, argument)) : 0;
      case JDBC_COMMIT -> JDBC.query_beginEnabled() ? query("commit") : 0;
      case JDBC_ROLLBACK -> JDBC.query_beginEnabled() ? query("rollback") : 0;
      case JDBC_PREPARE -> 0;
      case HTTP_CLIENT, HTTP_CLIENT_ASYNC, HTTP_CONNECT ->
          HTTP.client_beginEnabled() ? request(receiver, argument) : 0;
    };
  }

  private static long query(String text) {
    long id = IDS.incrementAndGet();
    JDBC.query_begin(id, text);
    return id;
  }

  // A statement that was prepared elsewhere may know its text, or nothing but its identity.
  private static String statement(Object statement, @Nullable Object argument) {
    if (argument instanceof String text) {
      return text;
    }
    String known = PREPARED.of(statement);
    if (known != null) {
      return known;
    }
    String identity = statement.getClass().getName() + "@";
    String text = text(statement);
    return text.startsWith(identity) ? statement.getClass().getName() : text;
  }

  private static long request(Object receiver, @Nullable Object argument) {
    long id = IDS.incrementAndGet();
    String request =
        switch (receiver) {
          case HttpURLConnection connection ->
              connection.getRequestMethod() + " " + connection.getURL();
          case URLConnection connection -> text(connection.getURL());
          default -> text(argument == null ? receiver : argument);
        };
    HTTP.client_begin(id, request);
    return id;
  }

  /// The call ends.
  public static void end(
      long span,
      int kind,
      Object receiver,
      @Nullable Object argument,
      @Nullable Object result,
      @Nullable Throwable thrown) {
    if (KINDS[kind] == CallKind.JDBC_PREPARE) {
      if (result != null && argument instanceof String text) {
        PREPARED.put(result, text);
      }
    } else if (span != 0) {
      end(span, KINDS[kind], receiver, result, thrown);
    }
  }

  private static void end(
      long span,
      CallKind kind,
      Object receiver,
      @Nullable Object result,
      @Nullable Throwable thrown) {
    switch (kind) {
      case JDBC, JDBC_PREPARE, JDBC_COMMIT, JDBC_ROLLBACK -> JDBC.query_end(span, name(thrown));
      case HTTP_CONNECT -> HTTP.client_end(span, 0, name(thrown));
      case HTTP_CLIENT ->
          HTTP.client_end(
              span,
              receiver instanceof HttpURLConnection connection
                  ? status(connection, thrown)
                  : status(result),
              name(thrown));
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

  // Asked only where the connection has its answer: otherwise it would send the request again.
  private static int status(HttpURLConnection connection, @Nullable Throwable thrown) {
    if (thrown != null && !(thrown instanceof FileNotFoundException)) {
      return 0;
    }
    try {
      return Math.max(0, connection.getResponseCode());
    } catch (IOException | RuntimeException ofTheProgram) {
      return 0;
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
