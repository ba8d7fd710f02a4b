package dev.rideau.server.internal.api;

import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.EventRow;
import dev.rideau.server.internal.view.EventTable;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Event records as they are.
final class EventsApi {
  /// Who filters is answered after this time with what was found by then, and asks on.
  private static final long PATIENCE_MS = 400;

  private final OpenTraces traces;

  private EventsApi(OpenTraces traces) {
    this.traces = traces;
  }

  static void register(Router router, OpenTraces traces) {
    EventsApi api = new EventsApi(traces);
    router.add("GET", "/api/traces/{id}/events", api::page);
    router.add("GET", "/api/traces/{id}/events/at", api::at);
    router.add("GET", "/api/traces/{id}/events/classes", api::classes);
  }

  private Response page(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    EventTable events = trace.events();
    Times times = Times.of(trace);
    EventTable.Filter filter =
        new EventTable.Filter(request.query("where"), request.query("events"));
    boolean isAll = isEmpty(filter.where()) && isEmpty(filter.events());
    long from = request.number("from", 0);
    int count = request.number("count", 200, 1, 1000);
    String direction = request.query("direction");
    boolean isBack = "previous".equals(direction);
    if (direction != null && !isBack && !direction.equals("next")) {
      throw HttpFailure.bad("'direction' must be next or previous");
    }
    long patienceNs = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    EventTable.Page page =
        isBack
            ? events.readBack(from, count, filter, patienceNs, request.cancel())
            : events.read(from, count, filter, patienceNs, request.cancel());
    long total = isAll ? events.total(request.cancel()) : -1;
    return Response.json(json -> {
      json.writeStartObject();
      orNull(json, "total", total);
      json.writeNumberProperty("from", from);
      orNull(json, "next", page.next());
      json.writeArrayPropertyStart("rows");
      for (EventRow row : page.rows()) {
        json.writeStartObject();
        json.writeNumberProperty("index", row.index());
        json.writeNumberProperty("ts", times.relative(row.ns()));
        json.writeStringProperty("event", row.event());
        json.writeNumberProperty("host", row.host());
        orNull(json, "cpu", row.cpu());
        json.writeStringProperty("stream", row.stream());
        json.writeStringProperty("fields", row.fields());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static void orNull(JsonGenerator json, String name, long value) {
    json.writeName(name);
    if (value < 0) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private Response at(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    EventTable events = trace.events();
    long ns = Times.of(trace).absolute(request.number("ts", 0));
    long index = events.indexAt(ns, request.cancel());
    long total = events.total(request.cancel());
    return Response.json(json -> {
      json.writeStartObject();
      json.writeNumberProperty("index", index);
      json.writeNumberProperty("total", total);
      json.writeEndObject();
    });
  }

  private Response classes(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Map<String, List<String>> fields = new TreeMap<>();
    for (DataStream stream : trace.records().dataStreams()) {
      for (EventClass each : stream.dataStreamClass().eventClasses()) {
        FieldClass.Structure payload = each.payload();
        List<String> names = new ArrayList<>();
        if (payload != null) {
          payload.members().forEach(member -> names.add(member.name()));
        }
        fields.put(each.displayName(), names);
      }
    }
    Map<String, Long> counts = trace.eventCounts(request.cancel());
    return Response.json(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("classes");
      fields.forEach((name, members) -> {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeNumberProperty("count", counts.getOrDefault(name, 0L));
        TableJson.texts(json, "fields", members);
        json.writeEndObject();
      });
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
