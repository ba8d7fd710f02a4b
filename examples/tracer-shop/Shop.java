import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// A shop that serves pages on loopback, asks itself for some of them, and ends.
///
/// Each request looks into a table that only one thread may use at a time; every fiftieth one reads all
/// of it, and the others wait. The events show who waited for whom.
public final class Shop {
  @TraceProvider("shop")
  interface Events {
    @TraceEvent(level = LogLevel.INFO)
    void request_begin(@Field("id") long id, @Field(value = "path", limit = 64) String path);

    @TraceEvent(level = LogLevel.INFO)
    void request_end(@Field("id") long id, @Field("status") int status);

    @TraceEvent(level = LogLevel.DEBUG)
    void query_begin(@Field("request") long request, @Field("whole_table") boolean wholeTable);

    @TraceEvent(level = LogLevel.DEBUG)
    void query_end(@Field("request") long request, @Field("rows") int rows);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);
  private static final AtomicLong REQUESTS = new AtomicLong();

  private final long[] table = new long[4_000_000];

  public static void main(String[] arguments) throws Exception {
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    Shop shop = new Shop();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService clerks =
        Executors.newFixedThreadPool(4, Thread.ofPlatform().daemon().name("shop-", 1).factory());
    server.setExecutor(clerks);
    server.createContext("/", shop::handle);
    server.start();
    URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/articles");
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<Thread> customers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        customers.add(Thread.ofVirtual().start(() -> visit(client, address, requests / 4)));
      }
      for (Thread customer : customers) {
        customer.join();
      }
    }
    server.stop(0);
    clerks.shutdown();
    System.out.println(REQUESTS.get() + " requests served");
  }

  private static void visit(HttpClient client, URI address, int requests) {
    try {
      for (int i = 0; i < requests; i++) {
        client.send(
            HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException | InterruptedException failure) {
      System.err.println("a customer left: " + failure);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    long id = REQUESTS.incrementAndGet();
    EVENTS.request_begin(id, exchange.getRequestURI().getPath());
    byte[] page = ("articles worth " + query(id) + "\n").getBytes();
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
    EVENTS.request_end(id, 200);
  }

  private synchronized long query(long request) {
    boolean wholeTable = request % 50 == 0;
    int rows = wholeTable ? table.length : 1000;
    EVENTS.query_begin(request, wholeTable);
    long sum = 0;
    for (int pass = 0; pass < (wholeTable ? 10 : 1); pass++) {
      for (int i = 0; i < rows; i++) {
        sum += table[i] ^ request;
      }
    }
    EVENTS.query_end(request, rows);
    return sum;
  }
}
