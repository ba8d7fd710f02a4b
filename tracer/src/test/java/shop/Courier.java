package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A program that knows nothing of the tracer, sends requests whose answers it does not wait for,
/// and serves them in virtual threads.
public final class Courier {
  private static final CountDownLatch ASKED = new CountDownLatch(1);

  private Courier() {}

  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      server.setExecutor(threads);
      server.createContext("/", Courier::handle);
      server.start();
      int port = server.getAddress().getPort();
      CompletableFuture<HttpResponse<String>> late = send(client, port, "/late");
      boolean isPending = !late.isDone();
      ask();
      ASKED.countDown();
      System.out.print(isPending + " " + late.join().statusCode() + " " + late.isDone());
      System.out.print(" " + refused(client));
      List<CompletableFuture<HttpResponse<String>>> more = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        more.add(send(client, port, "/" + i));
      }
      long answered = more.stream().filter(each -> each.join().statusCode() == 203).count();
      System.out.print(" " + answered);
    } finally {
      server.stop(0);
    }
  }

  private static CompletableFuture<HttpResponse<String>> send(
      HttpClient client, int port, String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  // Port 1 has no server.
  private static String refused(HttpClient client) {
    try {
      return send(client, 1, "/").join().toString();
    } catch (CompletionException failure) {
      return String.valueOf(failure.getCause()).replaceFirst(":.*", "");
    }
  }

  private static void ask() throws Exception {
    Statement statement =
        (Statement)
            Proxy.newProxyInstance(
                Courier.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (_, _, _) -> true);
    if (!statement.execute("SELECT 1")) {
      throw new IllegalStateException();
    }
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try {
      ASKED.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(203, -1);
    exchange.close();
  }
}
