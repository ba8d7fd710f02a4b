package dev.rideau.server.internal.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may ask.
///
/// On the loopback interface every program of this machine may. A page of somebody else in the
/// user's browser may not: its `Origin` is another, and a name of its own that it lets point to
/// 127.0.0.1 stands in `Host`. Elsewhere whoever asks must know the token.
public final class Guard {
  /// Where the views of Visual Studio Code come from; pages of the web cannot say so.
  private static final String VIEWER = "vscode-webview://";

  /// What people see who open the page without a token; one that they type comes as from the
  /// printed address.
  private static final String ENTRANCE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta name="color-scheme" content="light dark">
      <title>Rideau</title>
      <h1>Rideau</h1>
      <p>This server answers only who knows its token. Open the address that
      <code>rideau serve</code> printed, or give the token:</p>
      <form action="/">
      <input name="token" type="password" aria-label="Token" autocomplete="off" autofocus required>
      <button>Open</button>
      </form>
      </html>
      """;

  private final boolean isLoopback;
  private final @Nullable String token;
  private final Set<String> origins;

  /// @param token what whoever asks must know; null for nothing, on loopback only
  public Guard(InetAddress address, @Nullable String token) {
    this(address, token, Set.of());
  }

  /// @param origins of pages that may ask as viewers of the Trace Server Protocol do
  public Guard(InetAddress address, @Nullable String token, Set<String> origins) {
    this.origins = Set.copyOf(origins);
    isLoopback = address.isLoopbackAddress();
    this.token = token;
    if (!isLoopback && token == null) {
      throw new IllegalArgumentException("an address that others reach needs a token");
    }
  }

  /// Refuses who may not ask.
  ///
  /// @return an answer to give instead, or null to go on
  @Nullable Response check(Request request) {
    String host = request.header("Host");
    if (host == null || host.isEmpty()) {
      return Response.failure(400, "the request has no Host", null);
    }
    if (isLoopback && !isLoopbackName(name(host))) {
      return Response.failure(
          403, "this server is not called '" + host + "'", "use http://localhost or 127.0.0.1");
    }
    String origin = request.header("Origin");
    if (isViewer(request)) {
      String secret = token;
      return request.method().equals("OPTIONS")
          ? permission()
          : secret == null ? null : checkToken(request, secret);
    }
    if (origin != null && !isSame(origin, host)) {
      return Response.failure(403, "pages of " + origin + " may not ask this server", null);
    }
    String site = request.header("Sec-Fetch-Site");
    if (origin == null
        && ("cross-site".equals(site) || "same-site".equals(site))
        && !"navigate".equals(request.header("Sec-Fetch-Mode"))) {
      return Response.failure(403, "pages of others may not ask this server", null);
    }
    String secret = token;
    return secret == null ? null : checkToken(request, secret);
  }

  /// Whether a viewer asks from a page of its own, where only the Trace Server Protocol is.
  private boolean isViewer(Request request) {
    String origin = request.header("Origin");
    return origin != null
        && request.rawPath().startsWith("/tsp/")
        && (origin.startsWith(VIEWER) || origins.contains(origin));
  }

  // Browsers ask beforehand whether they may ask.
  private static Response permission() {
    return Response.empty(204)
        .with("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
        .with("Access-Control-Allow-Headers", "Content-Type, Authorization")
        .with("Access-Control-Allow-Private-Network", "true")
        .with("Access-Control-Max-Age", "600");
  }

  /// The answer with what lets a viewer's page read it.
  Response readable(Request request, Response response) {
    String origin = request.header("Origin");
    return origin != null && isViewer(request)
        ? response.with("Access-Control-Allow-Origin", origin).with("Vary", "Origin")
        : response;
  }

  private static @Nullable Response checkToken(Request request, String secret) {
    String asked = request.query("token");
    boolean isEntry = request.rawPath().equals("/");
    if (asked != null && isEntry && same(asked, secret)) {
      return Response.empty(303)
          .with("Location", "/")
          .with("Set-Cookie", cookie(request) + secret + "; HttpOnly; SameSite=Strict; Path=/");
    }
    String authorization = request.header("Authorization");
    if (authorization != null
        && authorization.startsWith("Bearer ")
        && same(authorization.substring("Bearer ".length()).strip(), secret)) {
      return null;
    }
    String cookies = request.header("Cookie");
    if (cookies != null) {
      String name = cookie(request);
      for (String cookie : cookies.split(";")) {
        String stripped = cookie.strip();
        if (stripped.startsWith(name) && same(stripped.substring(name.length()), secret)) {
          return null;
        }
      }
    }
    Response refusal =
        isEntry && String.valueOf(request.header("Accept")).contains("text/html")
            ? Response.page(401, ENTRANCE)
            : Response.failure(
                401,
                "this server answers only who knows its token",
                "open the address that 'rideau serve' printed, or send 'Authorization: Bearer"
                    + " TOKEN'");
    return refusal.with("WWW-Authenticate", "Bearer");
  }

  // Cookies know hosts but no ports: servers side by side would sign each other out. The port is
  // the one that the browser asks, at whichever end of a tunnel that is.
  private static String cookie(Request request) {
    String host = String.valueOf(request.header("Host"));
    String port = host.substring(host.lastIndexOf(':') + 1);
    return "rideau_token_" + (port.matches("\\d{1,5}") ? port : "80") + "=";
  }

  // How long it takes must not tell how much was right.
  private static boolean same(String given, String secret) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isSame(String origin, String host) {
    try {
      URI uri = new URI(origin);
      String authority = uri.getRawAuthority();
      return authority != null
          && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException opaque) {
      return false;
    }
  }

  private static String name(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(0, end + 1);
    }
    int colon = host.indexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
  }

  private static boolean isLoopbackName(String name) {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || isLoopbackNumber(name);
  }

  private static boolean isLoopbackNumber(String name) {
    return name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
