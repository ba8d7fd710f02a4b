package dev.rideau.server.internal.api;

import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.server.internal.view.TraceStatus;
import java.util.Locale;
import java.util.TimeZone;
import tools.jackson.core.JsonGenerator;

/// The addresses that the web page asks.
///
/// Times are nanoseconds since the begin of the recording, so that JavaScript can hold them.
public final class PageApi {
  private PageApi() {}

  /// Adds them.
  public static void register(Router router, OpenTraces traces, ServerOptions options) {
    router.add("GET", "/api/server", _ -> Response.json(json -> server(json, traces, options)));
    router.add("GET", "/api/traces", _ -> Response.json(json -> list(json, traces, options)));
    router.add(
        "GET",
        "/api/traces/{id}",
        request -> {
          OpenTrace trace = Asked.trace(request, traces);
          return Response.json(json -> trace(json, trace, options.zone()));
        });
    router.add(
        "GET",
        "/api/traces/{id}/progress",
        request -> {
          OpenTrace trace = Asked.trace(request, traces);
          return Response.json(json -> progress(json, trace.status()));
        });
    TimelineApi.register(router, traces);
    TablesApi.register(router, traces, options.catalog());
    PlacesApi.register(router, traces);
    EventsApi.register(router, traces);
    ChartsApi.register(router, traces, options.catalog());
  }

  private static void server(JsonGenerator json, OpenTraces traces, ServerOptions options) {
    json.writeStartObject();
    json.writeStringProperty("version", options.version());
    json.writeNumberProperty("traces", traces.all().size());
    json.writeStringProperty("tsp", "/tsp/api");
    json.writeEndObject();
  }

  private static void list(JsonGenerator json, OpenTraces traces, ServerOptions options) {
    json.writeStartObject();
    json.writeArrayPropertyStart("traces");
    traces.all().forEach(trace -> trace(json, trace, options.zone()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void trace(JsonGenerator json, OpenTrace trace, TimeZone zone) {
    json.writeStartObject();
    json.writeStringProperty("id", trace.id());
    json.writeStringProperty("name", trace.name());
    json.writeStringProperty("path", trace.path().toString());
    json.writeStringProperty("begin", Long.toString(trace.span().beginNs()));
    json.writeNumberProperty("duration", trace.span().durationNs());
    json.writeStringProperty("zone", zone.getID());
    json.writeNumberProperty("utcOffset", trace.utcOffsetSeconds());
    json.writeStringProperty("state", state(trace.status()));
    TableJson.texts(json, "hosts", trace.hosts());
    json.writeEndObject();
  }

  private static void progress(JsonGenerator json, TraceStatus status) {
    json.writeStartObject();
    json.writeStringProperty("state", state(status));
    json.writeNumberProperty("done", status.done());
    json.writeNumberProperty("total", status.total());
    json.writeNumberProperty("fraction", status.fraction());
    json.writeStringProperty("message", status.message());
    json.writeName("error");
    if (status.error() == null) {
      json.writeNull();
    } else {
      json.writeString(status.error());
    }
    json.writeEndObject();
  }

  private static String state(TraceStatus status) {
    return status.state().name().toLowerCase(Locale.ROOT);
  }
}
