package dev.rideau.server.internal.api;

import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.Arrow;
import dev.rideau.server.internal.view.Arrows;
import dev.rideau.server.internal.view.Density;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.server.internal.view.RowStates;
import dev.rideau.server.internal.view.StateAt;
import dev.rideau.server.internal.view.StateStyle;
import dev.rideau.server.internal.view.Timeline;
import dev.rideau.server.internal.view.TimelineRow;
import dev.rideau.server.internal.view.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// The timeline: rows, states, arrows.
final class TimelineApi {
  private static final int MOST_ROWS = 2000;
  private static final int MOST_ARROWS = 2000;

  private final OpenTraces traces;

  private TimelineApi(OpenTraces traces) {
    this.traces = traces;
  }

  static void register(Router router, OpenTraces traces) {
    TimelineApi api = new TimelineApi(traces);
    String base = "/api/traces/{id}/timeline/";
    router.add("GET", base + "rows", api::rows);
    router.add("GET", base + "styles", _ -> Response.json(TimelineApi::styles));
    router.add("POST", base + "states", api::states);
    router.add("GET", base + "step", api::step);
    router.add("POST", base + "arrows", api::arrows);
    router.add("GET", "/api/traces/{id}/density", api::density);
  }

  private Response rows(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    // In this order: rows of the complete timeline must not be called incomplete.
    Timeline timeline = trace.timelineSoFar();
    boolean isComplete = trace.isComplete(timeline);
    Times times = Times.of(trace);
    return Response.json(json -> {
      json.writeStartObject();
      json.writeBooleanProperty("complete", isComplete);
      json.writeArrayPropertyStart("rows");
      for (TimelineRow row : timeline.rows()) {
        write(json, row, times);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void write(JsonGenerator json, TimelineRow row, Times times) {
    json.writeStartObject();
    json.writeNumberProperty("id", row.id());
    json.writeNumberProperty("parent", row.parent());
    json.writeStringProperty("kind", row.kind().key());
    json.writeStringProperty("name", row.name());
    json.writeStringProperty("detail", row.detail());
    json.writeBooleanProperty("hasStates", row.hasStates());
    number(json, "tid", row.tid());
    number(json, "pid", row.pid());
    number(json, "utid", row.utid());
    number(json, "upid", row.upid());
    number(json, "cpu", row.cpu());
    json.writeNumberProperty("host", row.host());
    json.writeNumberProperty("begin", row.hasStates() ? times.relative(row.beginNs()) : 0);
    json.writeNumberProperty("end", row.hasStates() ? times.relative(row.endNs()) : 0);
    json.writeNumberProperty("busy", row.busyNs());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, long value) {
    json.writeName(name);
    if (value < 0) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static void styles(JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("styles");
    for (StateStyle style : StateStyle.values()) {
      json.writeStartObject();
      json.writeNumberProperty("code", style.code());
      json.writeStringProperty("key", style.key());
      json.writeStringProperty("name", style.title());
      json.writeStringProperty("group", style.group());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private Response states(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Json body = request.json();
    Times times = Times.of(trace);
    Window window = times.window(body);
    int[] rows = body.member("rows").ints(MOST_ROWS);
    Timeline timeline = trace.timelineSoFar();
    Json complete = body.member("complete");
    // Rows made before there were facts are no more once there are: nothing is known of them.
    boolean areOthers = !complete.isNull() && complete.bool() != trace.isComplete(timeline);
    List<RowStates> states =
        areOthers ? List.of() : timeline.states(rows, window, request.cancel());
    StatesEncoder encoder = new StatesEncoder(window, times);
    String accepted = request.header("Accept");
    boolean isBinary = accepted != null && accepted.contains(Response.BYTES);
    return isBinary
        ? Response.bytes(Response.BYTES, encoder.binary(states))
        : Response.json(json -> encoder.json(json, states));
  }

  private Response density(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Density.Counts counts = trace.density();
    Times times = Times.of(trace);
    return Response.json(json -> {
      json.writeStartObject();
      json.writeBooleanProperty("complete", trace.status().isOver());
      json.writeNumberProperty("begin", times.relative(counts.beginNs()));
      json.writeNumberProperty("width", counts.widthNs());
      json.writeArrayPropertyStart("counts");
      for (long count : counts.counts()) {
        json.writeNumber(count);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private Response step(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Times times = Times.of(trace);
    int row = request.number("row", -1, 0, Integer.MAX_VALUE);
    String direction = request.required("direction");
    if (!direction.equals("next") && !direction.equals("previous")) {
      throw HttpFailure.bad("'direction' must be next or previous");
    }
    long ns = times.absolute(request.number("ts", 0));
    StateAt found = trace.timeline().step(row, ns, direction.equals("next"));
    if (found == null) {
      return Response.json(JsonGenerator::writeNull);
    }
    return Response.json(json -> {
      json.writeStartObject();
      json.writeNumberProperty("begin", times.relative(found.beginNs()));
      json.writeNumberProperty("end", times.relative(found.endNs()));
      json.writeNumberProperty("code", found.style().code());
      json.writeEndObject();
    });
  }

  private Response arrows(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Times times = Times.of(trace);
    Json body = request.json();
    Window window = times.window(body);
    int[] rows = body.member("rows").ints(MOST_ROWS);
    List<Arrow> shown = new ArrayList<>();
    long total = 0;
    for (Json kind : body.member("kinds").elements()) {
      Arrows arrows = trace.timeline().arrows(kind(kind.text()), window, rows, MOST_ARROWS);
      total += arrows.total();
      shown.addAll(arrows.arrows());
    }
    long all = total;
    return Response.json(json -> {
      json.writeStartObject();
      json.writeNumberProperty("total", all);
      json.writeNumberProperty("shown", shown.size());
      json.writeArrayPropertyStart("arrows");
      shown.forEach(arrow -> write(json, arrow, times));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static Arrow.Kind kind(String text) {
    for (Arrow.Kind kind : Arrow.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
        return kind;
      }
    }
    throw HttpFailure.bad("'kinds' knows wakeup and migration");
  }

  private static void write(JsonGenerator json, Arrow arrow, Times times) {
    json.writeStartObject();
    json.writeStringProperty("kind", arrow.kind().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("fromRow", arrow.fromRow());
    json.writeNumberProperty("fromTs", times.relative(arrow.fromNs()));
    json.writeNumberProperty("toRow", arrow.toRow());
    json.writeNumberProperty("toTs", times.relative(arrow.toNs()));
    json.writeStringProperty("text", arrow.text());
    json.writeEndObject();
  }
}
