package dev.rideau.tracer.internal.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls that become spans.
enum CallKind {
  /// A statement is executed.
  JDBC,
  /// A statement is prepared, which is no span: its text is kept for when it is executed.
  JDBC_PREPARE,
  JDBC_COMMIT,
  JDBC_ROLLBACK,
  HTTP_CLIENT,
  /// A connection of an URL is opened, and nothing sent yet.
  HTTP_CONNECT,
  /// A call that returns the future of its response at once.
  HTTP_CLIENT_ASYNC;

  /// Parameters of methods that serve requests: an exchange of the JDK's server, or servlets.
  private static final Set<String> SERVERS =
      Set.of(
          "(Lcom/sun/net/httpserver/HttpExchange;)V",
          "(Ljakarta/servlet/http/HttpServletRequest;Ljakarta/servlet/http/HttpServletResponse;)V",
          "(Ljavax/servlet/http/HttpServletRequest;Ljavax/servlet/http/HttpServletResponse;)V");

  /// The kind of a call; null for others.
  static @Nullable CallKind of(String owner, String method) {
    return switch (owner) {
      case "java/sql/Statement", "java/sql/PreparedStatement", "java/sql/CallableStatement" ->
          switch (method) {
            case "execute",
                "executeQuery",
                "executeUpdate",
                "executeLargeUpdate",
                "executeBatch",
                "executeLargeBatch" ->
                JDBC;
            default -> null;
          };
      case "java/sql/Connection" ->
          switch (method) {
            case "prepareStatement", "prepareCall" -> JDBC_PREPARE;
            case "commit" -> JDBC_COMMIT;
            case "rollback" -> JDBC_ROLLBACK;
            default -> null;
          };
      case "java/net/http/HttpClient" ->
          switch (method) {
            case "send" -> HTTP_CLIENT;
            case "sendAsync" -> HTTP_CLIENT_ASYNC;
            default -> null;
          };
      case "java/net/HttpURLConnection",
          "java/net/URLConnection",
          "javax/net/ssl/HttpsURLConnection" ->
          switch (method) {
            case "connect" -> HTTP_CONNECT;
            case "getInputStream", "getResponseCode" -> HTTP_CLIENT;
            default -> null;
          };
      default -> null;
    };
  }

  /// Whether methods with that descriptor serve requests.
  static boolean serves(String descriptor) {
    return SERVERS.contains(descriptor);
  }
}
