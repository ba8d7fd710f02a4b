package dev.rideau.server.internal.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which handler answers which path. Filled before the server starts, then only read.
public final class Router {
  private final List<Route> routes = new ArrayList<>();
  private @Nullable Handler otherwise;

  private record Route(String method, List<String> pattern, Handler handler) {

    /// The parts that stand for names; null when the path is another.
    @Nullable Map<String, String> match(List<String> path) {
      if (path.size() != pattern.size()) {
        return null;
      }
      Map<String, String> found = new HashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String expected = pattern.get(i);
        if (expected.startsWith("{")) {
          found.put(expected.substring(1, expected.length() - 1), path.get(i));
        } else if (!expected.equals(path.get(i))) {
          return null;
        }
      }
      return found;
    }
  }

  /// Says who answers.
  ///
  /// @param method `GET`, `POST`, ...; `GET` answers `HEAD` as well
  /// @param path as in `/api/traces/{id}`: `{name}` stands for one part of any content
  public void add(String method, String path, Handler handler) {
    routes.add(new Route(method, parts(path), handler));
  }

  /// Says who answers what no route knows.
  public void otherwise(Handler handler) {
    otherwise = handler;
  }

  /// Answers a request.
  ///
  /// @throws HttpFailure 404 when nothing is there, 405 when it knows other methods
  Response answer(Request request) throws Exception {
    List<String> path = new ArrayList<>();
    for (String part : parts(request.rawPath())) {
      path.add(Percent.decode(part));
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    TreeSet<String> others = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> found = route.match(path);
      if (found != null) {
        if (route.method().equals(method)) {
          return route.handler().handle(request.withSegments(found));
        }
        others.add(route.method());
      }
    }
    Handler last = otherwise;
    if (others.isEmpty() && last != null) {
      return last.handle(request);
    }
    if (others.isEmpty()) {
      throw HttpFailure.unknown("there is nothing at " + request.path());
    }
    String message = request.path() + " does not know " + request.method();
    Response refused =
        request.rawPath().startsWith("/tsp/")
            ? Response.protocolFailure(405, message, "it knows " + others)
            : Response.failure(405, message, "it knows " + others);
    return refused.with("Allow", String.join(", ", others));
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }
}
