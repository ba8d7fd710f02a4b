package dev.rideau.server;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.trace.TraceReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// A server over the example trace, and a client that asks it.
final class Served implements AutoCloseable {
  static final Path EXAMPLE = Path.of(System.getProperty("rideau.root", "."), "examples/cpuburn");

  private final TraceServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Served() throws IOException, InterruptedException {
    this(options());
  }

  Served(ServerOptions options) throws IOException, InterruptedException {
    this(EXAMPLE, options);
  }

  Served(Path trace, ServerOptions options) throws IOException, InterruptedException {
    this(List.of(trace), options);
  }

  Served(List<Path> traces, ServerOptions options) throws IOException, InterruptedException {
    server = TraceServer.start(traces, options);
    server.awaitFacts();
  }

  static ServerOptions options() {
    return options(InetAddress.getLoopbackAddress(), null, false, TimeZone.getDefault());
  }

  /// With all traces as one.
  static ServerOptions together() {
    return options(InetAddress.getLoopbackAddress(), null, true, TimeZone.getDefault());
  }

  /// In a zone.
  static ServerOptions in(TimeZone zone) {
    return options(InetAddress.getLoopbackAddress(), null, false, zone);
  }

  /// On an address, for who knows the token.
  static ServerOptions on(InetAddress address, String token) {
    return options(address, token, false, TimeZone.getDefault());
  }

  private static ServerOptions options(
      InetAddress address, @Nullable String token, boolean areTogether, TimeZone zone) {
    return options(address, token, areTogether, zone, new CtfTraceReader());
  }

  static ServerOptions options(
      InetAddress address,
      @Nullable String token,
      boolean areTogether,
      TimeZone zone,
      TraceReader reader) {
    return new ServerOptions(
        address,
        0,
        token,
        "1.2.3",
        List.of(reader),
        DatabaseOptions.of(_ -> {}).withThreads(2).withMemoryBytes(500_000_000),
        ReportCatalog.bundled(),
        false,
        areTogether,
        Set.of(),
        zone);
  }

  TraceServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  HttpResponse<String> sql(String statement) throws IOException, InterruptedException {
    String escaped = statement.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return post("/api/traces/cpuburn/sql", "{\"sql\":\"" + escaped + "\"}");
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
