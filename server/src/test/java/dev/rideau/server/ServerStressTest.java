package dev.rideau.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Fifty clients that ask ten thousand things, good, bad, cut off and never read: every answer has
/// the status that it should, and afterwards nothing is left of them.
@Tag("slow")
final class ServerStressTest {
  private static final int CLIENTS = 50;
  private static final int REQUESTS = 10_000;
  private static final String STATES = "/api/traces/cpuburn/timeline/states";
  private static final String SQL = "/api/traces/cpuburn/sql";

  /// What is asked, and which answers are right. No answer stands for a client that leaves.
  private record Question(String method, String path, String body, List<Integer> right) {
    static Question get(int status, String path) {
      return new Question("GET", path, "", List.of(status));
    }

    static Question post(int status, String path, String body) {
      return new Question("POST", path, body, List.of(status));
    }

    static Question left(String path, String body) {
      return new Question("POST", path, body, List.of());
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          Question.get(200, "/"),
          Question.get(200, "/api/traces"),
          Question.get(200, "/api/traces/cpuburn/timeline/rows"),
          Question.get(200, "/api/traces/cpuburn/events?from=20000&count=50"),
          Question.get(200, "/api/traces/cpuburn/reports/cpu"),
          Question.get(200, "/api/traces/cpuburn/usage?row=1"),
          Question.get(200, "/api/traces/cpuburn/timeline/details?row=1&ts=1000000000"),
          Question.post(
              200, STATES, "{\"begin\":0,\"end\":6000000000,\"pixels\":2000,\"rows\":[1,2,3,4]}"),
          Question.post(
              200, STATES, "{\"begin\":5,\"end\":6000000,\"pixels\":800,\"rows\":[9,8,7]}"),
          Question.post(200, SQL, "{\"sql\":\"SELECT count(*) FROM thread_state\"}"),
          Question.get(404, "/api/traces/none"),
          Question.get(404, "/%2e%2e/%2e%2e/etc/passwd"),
          Question.get(404, "/../../etc/passwd"),
          Question.get(400, "/api/traces/cpuburn/events?count=-1"),
          Question.get(400, "/%"),
          Question.get(405, SQL),
          Question.post(400, STATES, "{"),
          Question.post(404, STATES, "{\"begin\":0,\"end\":6,\"pixels\":20,\"rows\":[123456]}"),
          Question.post(400, SQL, "{\"sql\":\"SELECT nothing\"}"),
          Question.post(403, SQL, "{\"sql\":\"FROM read_text('/etc/passwd')\"}"),
          Question.post(403, SQL, "{\"sql\":\"DROP VIEW thread_state\"}"),
          Question.left(
              SQL, "{\"sql\":\"SELECT count(*) FROM range(100000000) a, range(100000) b\"}"),
          Question.left(SQL, "{\"sql\":\"FROM range(100000)\",\"limit\":100000}"),
          Question.left(SQL, "{\"sql\":"));

  @Test
  void everyAnswerHasItsStatusAndNothingIsLeft() throws Exception {
    try (Served served = new Served()) {
      ask(served.port(), REQUESTS / 5);
      long filesBefore = openFiles();
      long heapBefore = heap();
      Queue<String> wrong = ask(served.port(), REQUESTS);
      assertThat(wrong).isEmpty();
      // Connections that were cut off are noticed within moments.
      for (int i = 0; i < 100 && openFiles() > filesBefore + 5; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(openFiles()).isLessThanOrEqualTo(filesBefore + 5);
      assertThat(heap()).isLessThan(heapBefore + (20 << 20));
      assertThat(served.get("/api/server").statusCode()).isEqualTo(200);
    }
  }

  private static Queue<String> ask(int port, int requests) throws InterruptedException {
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int client = 0; client < CLIENTS; client++) {
        long seed = client;
        clients.execute(() -> client(port, requests / CLIENTS, new Random(seed), wrong));
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(10, TimeUnit.MINUTES)).isTrue();
    }
    return wrong;
  }

  private static void client(int port, int requests, Random random, Queue<String> wrong) {
    for (int i = 0; i < requests; i++) {
      // Long statements that nobody waits for are rarer than the rest, as they are in life.
      Question question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
      try {
        ask(port, question, wrong);
      } catch (SocketException cutOff) {
        if (!question.right.isEmpty()) {
          wrong.add(question + ": " + cutOff);
        }
      } catch (IOException failure) {
        wrong.add(question + ": " + failure);
      }
    }
  }

  private static void ask(int port, Question question, Queue<String> wrong) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(120_000);
      OutputStream out = socket.getOutputStream();
      String head =
          question.method
              + " "
              + question.path
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
              + (question.body.length() + (question.right.isEmpty() ? 1 : 0))
              + "\r\n\r\n";
      out.write((head + question.body).getBytes(StandardCharsets.US_ASCII));
      if (question.right.isEmpty()) {
        if (!question.body.endsWith(":")) {
          out.write(' ');
        }
        return;
      }
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      int status = answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
      // A server with enough to do may say so.
      if (!question.right.contains(status) && status != 503) {
        wrong.add(question + ": " + answer.lines().findFirst().orElse("nothing"));
      }
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
