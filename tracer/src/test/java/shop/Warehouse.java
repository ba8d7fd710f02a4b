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
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/// A program that knows nothing of the tracer, waits for monitors, asks a database and serves over
/// HTTP; what it prints must stay the same when it is instrumented.
public final class Warehouse {
  private static int taken;
  private final Object shelf = new Object();

  private Warehouse() {}

  public static void main(String[] arguments) throws Exception {
    Warehouse house = new Warehouse();
    waitFor(house::hold, house::take);
    waitFor(house::holdShelf, house::takeFromShelf);
    waitFor(Warehouse::holdAll, Warehouse::takeAny);
    try {
      house.fail();
    } catch (IllegalStateException expected) {
      Thread free = new Thread(house::take);
      free.start();
      free.join();
    }
    System.out.print(taken + " " + ask() + " " + serve());
  }

  private static void waitFor(Hold hold, Runnable take) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    Thread holder = new Thread(() -> hold.until(held));
    holder.start();
    held.await();
    take.run();
    holder.join();
  }

  interface Hold {
    void until(CountDownLatch held);
  }

  private static void rest(CountDownLatch held) {
    held.countDown();
    try {
      Thread.sleep(30);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void hold(CountDownLatch held) {
    rest(held);
  }

  synchronized void take() {
    taken++;
  }

  synchronized void fail() {
    throw new IllegalStateException();
  }

  void holdShelf(CountDownLatch held) {
    synchronized (shelf) {
      rest(held);
    }
  }

  void takeFromShelf() {
    synchronized (shelf) {
      taken++;
    }
  }

  static synchronized void holdAll(CountDownLatch held) {
    rest(held);
  }

  static synchronized void takeAny() {
    taken++;
  }

  private static String ask() throws SQLException {
    Statement statement = database(Statement.class);
    PreparedStatement prepared = database(PreparedStatement.class);
    String answer = statement.execute("SELECT 1") + " " + prepared.executeUpdate();
    try {
      statement.executeQuery("SELECT broken");
    } catch (SQLException expected) {
      answer += " " + expected.getMessage();
    }
    return answer;
  }

  private static <T> T database(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            Warehouse.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, given) ->
                switch (method.getName()) {
                  case "execute" -> true;
                  case "executeUpdate" -> 3;
                  case "toString" -> "UPDATE shelves";
                  default -> throw new SQLException("no table " + given[0]);
                }));
  }

  private static String serve() throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Warehouse::handle);
    server.start();
    URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/stock");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    } finally {
      server.stop(0);
    }
  }

  private static void handle(HttpExchange exchange) throws IOException {
    byte[] body = "42 left".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(203, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
