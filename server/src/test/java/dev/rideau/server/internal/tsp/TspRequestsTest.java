package dev.rideau.server.internal.tsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.server.ServerOptions;
import dev.rideau.server.TraceServer;
import dev.rideau.server.internal.http.Json;
import dev.rideau.tables.DatabaseOptions;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What clients may send, and must not: `requests.txt`, and bodies of all kinds everywhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class TspRequestsTest {
  private static final List<String> BODIES =
      List.of(
          "",
          " ",
          "{",
          "[]",
          "null",
          "5",
          "\"text\"",
          "{}",
          "{\"parameters\":null}",
          "{\"parameters\":[]}",
          "{\"parameters\":7}",
          "{\"parameters\":{}} trailing",
          "{\"parameters\":{\"requested_timerange\":[]}}",
          "{\"parameters\":{\"requested_timerange\":{\"start\":{},\"end\":[]}}}",
          "\u0000\u0001\u0002",
          "[".repeat(5000),
          "{\"a\":".repeat(2000));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path path = SharedData.checkout().resolve("examples/cpuburn");
  private TraceServer server;
  private String experiment = "";
  private String trace = "";
  private boolean beginStays;
  private final List<String> firstStatuses = new ArrayList<>();

  @BeforeAll
  void start() throws Exception {
    server =
        TraceServer.start(
            List.of(path),
            ServerOptions.local(
                "test", List.of(new CtfTraceReader()), DatabaseOptions.of(_ -> {})));
    Json first =
        Json.parse(send("GET", "/experiments", null).body().getBytes(StandardCharsets.UTF_8));
    experiment = first.elements().getFirst().member("UUID").text();
    trace =
        first.elements().getFirst().member("traces").elements().getFirst().member("UUID").text();
    String tree = "/experiments/" + experiment + "/outputs/timeGraph/thread-states/tree";
    firstStatuses.add(status(send("POST", tree, "{\"parameters\":{}}")));
    // Not known before the trace is open.
    long beginSoFar = 0;
    while (beginSoFar == 0) {
      beginSoFar = json(send("GET", "/experiments/" + experiment, null)).member("start").number();
    }
    server.awaitFacts();
    beginStays =
        beginSoFar
            == json(send("GET", "/experiments/" + experiment, null)).member("start").number();
    firstStatuses.add(status(send("POST", tree, "{\"parameters\":{}}")));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> sendFrom(String origin, String method, String address)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + address))
            .method(method, BodyPublishers.noBody())
            .header("Origin", origin)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void answersPagesOfViewersWhereTheProtocolIs() throws Exception {
    String viewer = "vscode-webview://1abc";
    HttpResponse<String> answer = sendFrom(viewer, "GET", "tsp/api/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(viewer);
    HttpResponse<String> permission = sendFrom(viewer, "OPTIONS", "tsp/api/traces");
    assertThat(permission.statusCode()).isEqualTo(204);
    assertThat(permission.headers().firstValue("Access-Control-Allow-Methods"))
        .hasValueSatisfying(methods -> assertThat(methods).contains("POST"));
    assertThat(sendFrom(viewer, "GET", "api/traces").statusCode()).isEqualTo(403);
    HttpResponse<String> stranger = sendFrom("http://example.org", "GET", "tsp/api/health");
    assertThat(stranger.statusCode()).isEqualTo(403);
    assertThat(stranger.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private static String status(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8)).member("status").text();
  }

  private HttpResponse<String> send(String method, String address, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "tsp/api" + address))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void saysThatItIsReading() {
    assertThat(beginStays).as("begin while reading and afterwards").isTrue();
    assertThat(firstStatuses).containsExactly("RUNNING", "COMPLETED");
  }

  @Test
  void answersRequestsWithTheRightStatus() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (InputStream file = TspRequestsTest.class.getResourceAsStream("requests.txt")) {
      assertThat(file).isNotNull();
      for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] words = line.split(" ", 4);
          HttpResponse<String> response =
              send(words[0], filled(words[1]), words.length < 4 ? null : filled(words[3]));
          if (response.statusCode() != Integer.parseInt(words[2])) {
            wrong.add(line + "\n  answered " + response.statusCode() + " " + response.body());
          } else if (response.statusCode() >= 400) {
            wrong.addAll(formOf(response, line));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(Path.of("/tmp/rideau-was-here")).doesNotExist();
  }

  private String filled(String text) throws IOException, InterruptedException {
    String filled =
        text.replace("{o}", "/experiments/{e}/outputs")
            .replace("{e}", experiment)
            .replace("{t}", trace)
            .replace("{path}", path.toString());
    int at = filled.indexOf("{sql:");
    if (at < 0) {
      return filled;
    }
    int end = filled.indexOf('}', at);
    String name = filled.substring(at + "{sql:".length(), end);
    String all = send("GET", "/config/types/sql/configs", null).body();
    for (Json each : Json.parse(all.getBytes(StandardCharsets.UTF_8)).elements()) {
      if (each.member("name").text().equals(name)) {
        return filled.substring(0, at)
            + "sql."
            + each.member("id").text()
            + filled.substring(end + 1);
      }
    }
    throw new IllegalStateException("there is no statement " + name);
  }

  private static List<String> formOf(HttpResponse<String> response, String line) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("application/json")) {
      return List.of(line + "\n  answered with " + type);
    }
    Object body = Json.parse(response.body().getBytes(StandardCharsets.UTF_8)).value();
    return body instanceof Map<?, ?> members && members.get("title") instanceof String
        ? List.of()
        : List.of(line + "\n  answered " + response.body());
  }

  private Json model(String output, int parts) throws IOException, InterruptedException {
    Json about = json(send("GET", "/experiments/" + experiment, null));
    String range =
        "{\"parameters\":{\"requested_timerange\":{\"start\":%s,\"end\":%s,\"nbTimes\":%d},"
            + "\"requested_items\":[1]}}";
    String body =
        range.formatted(about.member("start").number(), about.member("end").number(), parts);
    return json(send("POST", "/experiments/" + experiment + "/outputs/" + output, body))
        .member("model");
  }

  private static Json json(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void countsWholeRecords() throws Exception {
    long all = json(send("GET", "/experiments/" + experiment, null)).member("nbEvents").number();
    for (int parts : new int[] {7, 100, 5000}) {
      Json series = model("XY/histogram/xy", parts).member("series").elements().getFirst();
      double sum = 0;
      for (Json each : series.member("yValues").elements()) {
        double count = Double.parseDouble(String.valueOf(each.value()));
        assertThat(count).isEqualTo(Math.rint(count));
        sum += count;
      }
      assertThat(sum).as("in %d parts", parts).isEqualTo(all);
    }
  }

  @Test
  void resourcesHaveMigrations() throws Exception {
    HttpRequest counting =
        HttpRequest.newBuilder(URI.create(server.url() + "api/traces/cpuburn/sql"))
            .POST(BodyPublishers.ofString("{\"sql\":\"SELECT count(*) FROM migration\"}"))
            .build();
    String counted = client.send(counting, BodyHandlers.ofString()).body();
    List<Json> arrows = model("timeGraph/resources/arrows", 100).elements();
    assertThat(arrows).isNotEmpty();
    assertThat(counted).contains("\"rows\":[[" + arrows.size() + "]]");
  }

  @Test
  void refusesBodiesOfAllKindsEverywhere() throws Exception {
    String outputs = "/experiments/" + experiment + "/outputs";
    List<String> addresses =
        List.of(
            "/traces",
            "/experiments",
            "/experiments/" + experiment + "/bookmarks",
            outputs + "/timeGraph/thread-states/states",
            outputs + "/timeGraph/thread-states/arrows",
            outputs + "/timeGraph/thread-states/tooltip",
            outputs + "/XY/cpu-usage/xy",
            outputs + "/genericXY/syscall-latency-density/xy",
            outputs + "/table/report.cpu/lines",
            outputs + "/thread-states/annotations",
            outputs + "/critical-path",
            "/config/types/sql/configs");
    List<String> wrong = new ArrayList<>();
    for (String address : addresses) {
      for (String body : BODIES) {
        HttpResponse<String> response = send("POST", address, body);
        String line = "POST " + address + " " + body.substring(0, Math.min(body.length(), 60));
        if (response.statusCode() != 400) {
          wrong.add(line + "\n  answered " + response.statusCode() + " " + response.body());
        } else {
          wrong.addAll(formOf(response, line));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(Files.exists(path)).isTrue();
  }
}
