package dev.rideau.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long the server takes for windows of the timeline, 2,000 pixels by 500 rows, anywhere and at
/// any zoom, and for other questions of the page.
///
/// ```
/// MeasureServer start RIDEAU TRACE    starts ./rideau serve, waits for the facts, asks, ends it
/// MeasureServer ask URL               asks a server that runs
/// ```
public final class MeasureServer {
  private static final int PIXELS = 2000;
  private static final int ROWS = 500;
  private static final int WARM_UP = 100;
  private static final int QUESTIONS = 500;
  private static final long SEED = 1;

  private final HttpClient client = HttpClient.newBuilder().build();
  private final String base;

  private MeasureServer(String base) {
    this.base = base;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2 && arguments[0].equals("ask")) {
      new MeasureServer(arguments[1]).measure(0);
      return;
    }
    Process server =
        new ProcessBuilder(arguments[1], "serve", arguments[2], "--port", "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = server.inputReader()) {
      String line = lines.readLine();
      Matcher url = Pattern.compile("http://\\S+/").matcher(String.valueOf(line));
      if (!url.find()) {
        throw new IOException("the server said: " + line);
      }
      new MeasureServer(url.group()).measure(server.pid());
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)).build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          request.uri() + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private void measure(long pid) throws IOException, InterruptedException {
    String traces = new String(get("api/traces").body(), StandardCharsets.UTF_8);
    String id = first("\"id\":\"([^\"]+)\"", traces);
    long began = System.nanoTime();
    while (true) {
      String progress =
          new String(get("api/traces/" + id + "/progress").body(), StandardCharsets.UTF_8);
      if (progress.contains("\"ready\"")) {
        break;
      }
      if (progress.contains("\"failed\"")) {
        throw new IOException(progress);
      }
      Thread.sleep(20);
    }
    System.out.printf("ready after                %8.2f s%n", (System.nanoTime() - began) / 1e9);
    traces = new String(get("api/traces").body(), StandardCharsets.UTF_8);
    long duration = Long.parseLong(first("\"duration\":(\\d+)", traces));
    List<Integer> rows = rows(id);
    System.out.printf("rows with states           %8d%n", rows.size());
    windows(id, duration, rows);
    for (String path :
        List.of(
            "timeline/rows",
            "usage?row=" + rows.getFirst() + "&bins=500",
            "charts/cpu-process-over-time?bins=200",
            "reports/cpu-process",
            "events?from=" + 1000 + "&count=200")) {
      single(path, id);
    }
    if (pid > 0) {
      memory(pid);
    }
  }

  private List<Integer> rows(String id) throws IOException, InterruptedException {
    String text =
        new String(get("api/traces/" + id + "/timeline/rows").body(), StandardCharsets.UTF_8);
    List<Integer> rows = new ArrayList<>();
    Matcher matcher = Pattern.compile("\"id\":(\\d+),[^{}]*\"hasStates\":true").matcher(text);
    while (matcher.find()) {
      rows.add(Integer.valueOf(matcher.group(1)));
    }
    return rows;
  }

  private void windows(String id, long duration, List<Integer> all)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    double[] times = new double[QUESTIONS];
    long bytes = 0;
    for (int i = -WARM_UP; i < QUESTIONS; i++) {
      // From all of it down to a microsecond, each zoom as likely as any other.
      double share = Math.pow(1000.0 / duration, random.nextDouble());
      long width = Math.max(1000, i % 10 == 0 ? duration : (long) (duration * share));
      long begin = (long) (random.nextDouble() * (duration - width));
      List<Integer> rows = new ArrayList<>(all);
      Collections.shuffle(rows, random);
      // A trace with fewer rows is asked for each several times.
      List<Integer> wanted = new ArrayList<>();
      while (wanted.size() < ROWS) {
        wanted.addAll(rows.subList(0, Math.min(rows.size(), ROWS - wanted.size())));
      }
      String body =
          "{\"begin\":%d,\"end\":%d,\"pixels\":%d,\"rows\":%s}"
              .formatted(begin, begin + width, PIXELS, wanted);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "api/traces/" + id + "/timeline/states"))
              .header("Accept", "application/octet-stream")
              .POST(BodyPublishers.ofString(body))
              .build();
      long before = System.nanoTime();
      HttpResponse<byte[]> response = send(request);
      double ms = (System.nanoTime() - before) / 1e6;
      if (i >= 0) {
        times[i] = ms;
        bytes += response.body().length;
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "windows %d x %d           p50 %6.1f ms  p90 %6.1f ms  p99 %6.1f ms  max %6.1f ms"
            + "  mean %d kB%n",
        PIXELS,
        ROWS,
        times[QUESTIONS / 2],
        times[QUESTIONS * 9 / 10],
        times[QUESTIONS * 99 / 100],
        times[QUESTIONS - 1],
        bytes / QUESTIONS / 1000);
  }

  private void single(String path, String id) throws IOException, InterruptedException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = System.nanoTime();
      get("api/traces/" + id + "/" + path);
      best = Math.min(best, (System.nanoTime() - before) / 1e6);
    }
    System.out.printf("%-38s %8.1f ms (best of 3)%n", path, best);
  }

  private static void memory(long pid) throws IOException {
    for (String line : java.nio.file.Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM") || line.startsWith("RssAnon") || line.startsWith("VmRSS")) {
        System.out.println(line.replace('\t', ' '));
      }
    }
  }
}
