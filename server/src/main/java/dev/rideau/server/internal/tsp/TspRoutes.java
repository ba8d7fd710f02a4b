package dev.rideau.server.internal.tsp;

import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.OpenTraces;

/// The addresses of the Trace Server Protocol.
public final class TspRoutes {
  private TspRoutes() {}

  /// Adds them.
  public static void register(Router router, OpenTraces traces, ServerOptions options) {
    router.add(
        "GET",
        "/tsp/api/health",
        _ ->
            Response.json(json -> {
              json.writeStartObject();
              json.writeStringProperty("status", "UP");
              json.writeEndObject();
            }));
  }
}
