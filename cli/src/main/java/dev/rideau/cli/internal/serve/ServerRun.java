package dev.rideau.cli.internal.serve;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import dev.rideau.cli.internal.DatabaseSelection;
import dev.rideau.cli.internal.DiagnosticLines;
import dev.rideau.cli.internal.ExitCode;
import dev.rideau.cli.internal.LocalZone;
import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Version;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.TraceServer;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.TraceReader;
import dev.rideau.trace.Traces;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A server from start to Ctrl-C.
public final class ServerRun {
  private final Console console;
  private final ServerOptionSet choice;
  private final DatabaseSelection database;
  private final List<TraceReader> readers;
  private final AtomicBoolean isEnding = new AtomicBoolean();

  public ServerRun(
      Console console,
      ServerOptionSet choice,
      DatabaseSelection database,
      List<TraceReader> readers) {
    this.console = console;
    this.choice = choice;
    this.database = database;
    this.readers = readers;
  }

  /// Runs it until the process is told to end.
  ///
  /// @param browser to show the page in; null for none
  public int run(List<Path> paths, @Nullable Browser browser)
      throws IOException, InterruptedException {
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString());
      }
    }
    if (!paths.isEmpty() && !choice.opensOthers()) {
      checkTraces(paths);
    }
    InetAddress address = choice.address();
    String token = choice.token();
    try (Progress progress = Progress.start(console, "")) {
      ServerOptions options =
          new ServerOptions(
              address,
              choice.port(),
              token,
              Version.text(),
              readers,
              database.options(new DiagnosticLines(console), progress),
              ReportCatalog.ofUser(),
              choice.opensOthers(),
              choice.areTogether(),
              choice.origins(),
              LocalZone.of(false));
      TraceServer server = start(paths, options);
      CountDownLatch ended = endWith(server);
      String url = server.url() + (token == null ? "" : "?token=" + token);
      console.out().println("rideau: " + url + "  (Ctrl-C ends it)");
      console.flush();
      if (choice.endsWhenReady()) {
        server.awaitFacts();
        askOnce(server);
        boolean hasFailed = tellFailures(server) > 0;
        server.close();
        return hasFailed ? ExitCode.ERROR : ExitCode.OK;
      }
      if (browser != null) {
        String trouble = browser.show(url);
        if (trouble != null) {
          console.err().println("rideau: note: " + trouble + "; open the address above yourself");
        }
      }
      AtomicBoolean isUseless = new AtomicBoolean();
      Thread.ofPlatform()
          .daemon()
          .name("rideau-opening")
          .start(() -> {
            if (hasNothingToShow(server, choice.areTogether() ? 1 : paths.size())) {
              isUseless.set(true);
              ended.countDown();
            }
          });
      ended.await();
      if (isUseless.get()) {
        server.close();
        return ExitCode.ERROR;
      }
    }
    return ExitCode.OK;
  }

  // Nobody is told an address where there will be nothing to see.
  private void checkTraces(List<Path> paths) {
    try {
      Traces.find(paths, readers, _ -> {});
    } catch (TraceException failure) {
      throw new CommandFailure(
          failure.diagnostic().origin() + ": " + failure.diagnostic().message(),
          failure.diagnostic().advice(),
          failure);
    }
  }

  /// Waits for the traces. Those that cannot be read do not hinder the others, but a server that
  /// was told of nothing else, and may open nothing else, ends.
  private boolean hasNothingToShow(TraceServer server, int traces) {
    try {
      server.awaitFacts();
      // Reading that Ctrl-C has ended is no failure.
      return !isEnding.get()
          && tellFailures(server) == traces
          && traces > 0
          && !choice.opensOthers();
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  private int tellFailures(TraceServer server) {
    List<String> failures = server.failures();
    for (String failure : failures) {
      console.err().println("rideau: error: " + failure);
    }
    return failures.size();
  }

  private static TraceServer start(List<Path> paths, ServerOptions options) {
    try {
      return TraceServer.start(paths, options);
    } catch (IOException failure) {
      String where = options.address().getHostAddress() + ":" + options.port();
      throw new CommandFailure(
          "cannot listen on " + where + ": " + failure.getMessage(),
          options.port() == 0
              ? "choose an address of this machine with --address"
              : "another program may have the port: choose another one, or leave --port out",
          failure);
    }
  }

  // The page and what it asks first: shows that the server answers.
  private static void askOnce(TraceServer server) throws IOException {
    for (String path : List.of("/", "/main.js", "/api/traces", "/api/reports", "/api/charts")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        String request =
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  // Ctrl-C ends the JVM by running hooks; the one here waits until all is closed, so that kept
  // facts and files of the database are left in order.
  private CountDownLatch endWith(TraceServer server) {
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("rideau-stop")
                .unstarted(() -> {
                  isEnding.set(true);
                  server.close();
                  ended.countDown();
                }));
    return ended;
  }
}
