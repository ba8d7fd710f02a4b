package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rideau serve` and `rideau open` as processes: browsers, ports, tokens, and how they end.
@Tag("slow")
final class ServeProcessTest {
  private static final Path TRACE = SharedData.checkout().resolve("examples/cpuburn");

  @TempDir private Path folder;

  @Test
  void tellsTheAddressWhereThereIsNoBrowser() throws IOException, InterruptedException {
    try (ServeProgram program = program(null, "open", TRACE.toString(), "--no-cache")) {
      assertThat(program.address()).startsWith("http://127.0.0.1:");
      assertThat(program.errorLine())
          .isEqualTo("rideau: note: no browser was found; open the address above yourself");
      assertThat(program.end()).isEmpty();
      assertThat(files()).as("files that are left").isEmpty();
    }
  }

  @Test
  void startsTheBrowserWithTheAddress() throws IOException, InterruptedException {
    Path told = folder.resolve("told");
    Path browser = folder.resolve("browser");
    Files.writeString(
        browser, "#!/bin/sh\necho \"$1\" > " + told + ".new\nmv " + told + ".new " + told + "\n");
    assertThat(browser.toFile().setExecutable(true)).isTrue();
    try (ServeProgram program =
        program(browser.toString(), "open", TRACE.toString(), "--no-cache")) {
      String address = program.address();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(told) && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(told).content(StandardCharsets.UTF_8).isEqualToIgnoringWhitespace(address);
      assertThat(program.end()).isEmpty();
    }
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = Run.of("serve", TRACE.toString(), "--port", Integer.toString(taken.getLocalPort()));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.stderr())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("advice: another program may have the port");
      assertThat(run.stdout()).isEmpty();
    }
  }

  @Test
  void anAddressForOthersDemandsAToken() throws IOException, InterruptedException {
    String[] line = {
      "serve", TRACE.toString(), "--no-cache", "--address", "0.0.0.0", "--port", "0"
    };
    try (ServeProgram program = program(null, line);
        HttpClient client = HttpClient.newHttpClient()) {
      String address = program.address();
      assertThat(address).contains("/?token=");
      String token = address.substring(address.indexOf('=') + 1);
      String port = address.replaceAll(".*:([0-9]+)/.*", "$1");
      URI traces = URI.create("http://127.0.0.1:" + port + "/api/traces");
      HttpRequest without = HttpRequest.newBuilder(traces).build();
      HttpRequest with =
          HttpRequest.newBuilder(traces).header("Authorization", "Bearer " + token).build();
      assertThat(client.send(without, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
      assertThat(client.send(with, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(program.end()).isEmpty();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  /// A process of this build's classes whose temporary files lie in the folder of the test.
  private ServeProgram program(@Nullable String browser, String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Run.command(arguments));
    builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"));
    builder.environment().put("TMPDIR", folder.toString());
    if (browser != null) {
      builder.environment().put("BROWSER", browser);
    }
    return ServeProgram.start(builder);
  }
}
