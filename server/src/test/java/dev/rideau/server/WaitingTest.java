package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.server.internal.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is answered while a trace is being read, and that it becomes complete by itself.
final class WaitingTest {
  private static final String TREE = "/outputs/timeGraph/thread-states/tree";

  private final HttpClient client = HttpClient.newHttpClient();
  private String base = "";

  private HttpRequest request(String path, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    return body.isEmpty()
        ? request.build()
        : request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
  }

  private HttpResponse<String> ask(String path, String body)
      throws IOException, InterruptedException {
    return client.send(request(path, body), BodyHandlers.ofString());
  }

  private Json json(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private String stateOnceOpen() throws IOException, InterruptedException {
    while (true) {
      String state = json("/api/traces/cpuburn/progress", "").member("state").text();
      if (!state.equals("opening")) {
        return state;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  @Timeout(120)
  void answersSayHowFarItIsAndThoseThatWaitComeInTheEnd() throws IOException, InterruptedException {
    HeldReader reader = new HeldReader();
    ServerOptions options =
        Served.options(
            InetAddress.getLoopbackAddress(), null, false, TimeZone.getDefault(), reader);
    try (TraceServer server = TraceServer.start(List.of(Served.EXAMPLE), options)) {
      try {
        base = "http://127.0.0.1:" + server.port();
        assertThat(stateOnceOpen()).isEqualTo("reading");
        whileItIsRead();
        CompletableFuture<HttpResponse<String>> waiting =
            client.sendAsync(
                request("/api/traces/cpuburn/events?count=1", ""), BodyHandlers.ofString());
        assertThat(waiting).isNotDone();
        reader.release();
        assertThat(waiting.join().statusCode()).isEqualTo(200);
        server.awaitFacts();
        afterwards();
      } finally {
        reader.release();
      }
    }
  }

  private void whileItIsRead() throws IOException, InterruptedException {
    HttpResponse<String> explained = ask("/api/traces/cpuburn/explain", "");
    assertThat(explained.statusCode()).isEqualTo(409);
    assertThat(explained.body()).contains("still being read", "\"advice\":\"wait\"");
    assertThat(ask("/api/traces/cpuburn/sql", "{\"sql\":\"SELECT 1\"}").statusCode())
        .isEqualTo(409);
    assertThat(ask("/api/traces/cpuburn/timeline/rows", "").body()).contains("\"complete\":false");
    Json answer = json(experiment() + TREE, "{\"parameters\":{}}");
    assertThat(answer.member("status").text()).isEqualTo("RUNNING");
    assertThat(answer.member("statusMessage").text()).isNotEmpty();
    assertThat(answer.member("model").member("entries").elements()).isEmpty();
  }

  private void afterwards() throws IOException, InterruptedException {
    assertThat(ask("/api/traces/cpuburn/explain", "").statusCode()).isEqualTo(200);
    assertThat(ask("/api/traces/cpuburn/timeline/rows", "").body()).contains("\"complete\":true");
    Json answer = json(experiment() + TREE, "{\"parameters\":{}}");
    assertThat(answer.member("status").text()).isEqualTo("COMPLETED");
    assertThat(answer.member("model").member("entries").elements()).isNotEmpty();
  }

  private String experiment() throws IOException, InterruptedException {
    Json experiments = json("/tsp/api/experiments", "");
    return "/tsp/api/experiments/" + experiments.elements().getFirst().member("UUID").text();
  }
}
