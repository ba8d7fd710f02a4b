package dev.rideau.server;

import dev.rideau.server.internal.api.PageApi;
import dev.rideau.server.internal.http.Guard;
import dev.rideau.server.internal.http.HttpLimits;
import dev.rideau.server.internal.http.HttpServer;
import dev.rideau.server.internal.http.PageFiles;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.tsp.TspRoutes;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.server.internal.view.TraceStatus;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Shows traces over HTTP: the web page and the Trace Server Protocol.
///
/// Traces are opened in the background; the server answers from the start on and tells how far it
/// is. Only these traces can be reached through it. Thread-safe.
public final class TraceServer implements AutoCloseable {
  private final OpenTraces traces;
  private final HttpServer http;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private TraceServer(OpenTraces traces, HttpServer http) {
    this.traces = traces;
    this.http = http;
  }

  /// Opens traces, each path one of its own, and listens.
  ///
  /// @throws IOException when the address cannot be had
  public static TraceServer start(List<Path> paths, ServerOptions options) throws IOException {
    OpenTraces traces = OpenTraces.open(paths, options);
    Router router = new Router();
    PageApi.register(router, traces, options);
    TspRoutes.register(router, traces, options);
    router.otherwise(new PageFiles());
    try {
      HttpServer http =
          HttpServer.start(
              new InetSocketAddress(options.address(), options.port()),
              router,
              new Guard(options.address(), options.token(), options.origins()),
              HttpLimits.USUAL);
      return new TraceServer(traces, http);
    } catch (IOException | RuntimeException failure) {
      traces.close();
      throw failure;
    }
  }

  /// The port that it listens on.
  public int port() {
    return http.address().getPort();
  }

  /// The address of the page, without token.
  public String url() {
    InetSocketAddress address = http.address();
    if (address.getAddress().isAnyLocalAddress()) {
      // What others reach it by.
      return "http://" + nameOfThisMachine() + ":" + address.getPort() + "/";
    }
    String host = address.getAddress().getHostAddress();
    if (address.getAddress() instanceof Inet6Address) {
      int zone = host.indexOf('%');
      host = "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
    }
    return "http://" + host + ":" + address.getPort() + "/";
  }

  private static String nameOfThisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  /// Waits until all facts of all traces are there, or cannot be had.
  public void awaitFacts() throws InterruptedException {
    traces.await();
  }

  /// Of each trace that cannot be read, what it is and why; of those whose opening has ended.
  public List<String> failures() {
    return traces.all().stream()
        .filter(trace -> trace.status().state() == TraceStatus.State.FAILED)
        .map(TraceServer::failure)
        .toList();
  }

  // What is wrong mostly begins with where.
  private static String failure(OpenTrace trace) {
    String error = String.valueOf(trace.status().error());
    return error.startsWith(trace.path().toString()) ? error : trace.path() + ": " + error;
  }

  /// Stops answering and closes the traces.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    http.close();
    traces.close();
  }
}
