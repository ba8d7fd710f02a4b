package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// A program that knows nothing of the tracer, prepares statements of a driver that does not know
/// their text, and reads addresses through connections of URLs.
public final class Archive {
  private Archive() {}

  public static void main(String[] arguments) throws Exception {
    Connection connection = driver();
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shelves VALUES (?)");
        PreparedStatement select = connection.prepareStatement("SELECT shelf FROM shelves")) {
      insert.setInt(1, 7);
      insert.executeUpdate();
      select.execute();
      insert.executeUpdate();
    }
    connection.commit();
    connection.rollback();
    stranger().execute();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Archive::handle);
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort();
      System.out.print(open(address + "/kept").getResponseCode());
      System.out.print(" " + read(open(address + "/lost")));
    } finally {
      server.stop(0);
    }
  }

  private static HttpURLConnection open(String address) throws IOException {
    return (HttpURLConnection) URI.create(address).toURL().openConnection();
  }

  private static String read(HttpURLConnection connection) throws IOException {
    try {
      return "read " + connection.getInputStream().read();
    } catch (FileNotFoundException absent) {
      return "absent";
    }
  }

  private static void handle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(
        exchange.getRequestURI().getPath().equals("/lost") ? 404 : 204, -1);
    exchange.close();
  }

  // Nothing but its identity is known of what it prepares.
  private static Connection driver() {
    return proxy(
        Connection.class,
        (_, method, _) -> method.getName().equals("prepareStatement") ? stranger() : null);
  }

  private static PreparedStatement stranger() throws SQLException {
    return proxy(
        PreparedStatement.class,
        (self, method, _) ->
            switch (method.getName()) {
              case "executeUpdate" -> 1;
              case "execute" -> true;
              case "toString" -> self.getClass().getName() + "@1817d444";
              case "setInt", "close" -> null;
              default -> throw new SQLException(method.getName());
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler calls) {
    return type.cast(
        Proxy.newProxyInstance(Archive.class.getClassLoader(), new Class<?>[] {type}, calls));
  }
}
