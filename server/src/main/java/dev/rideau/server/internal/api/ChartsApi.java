package dev.rideau.server.internal.api;

import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportParameter;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.Charts;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.server.internal.view.Scatter;
import dev.rideau.server.internal.view.Window;
import dev.rideau.server.internal.view.XY;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Values over time.
final class ChartsApi {
  private static final int USUAL_BINS = 200;

  private final OpenTraces traces;
  private final ReportCatalog catalog;

  private ChartsApi(OpenTraces traces, ReportCatalog catalog) {
    this.traces = traces;
    this.catalog = catalog;
  }

  static void register(Router router, OpenTraces traces, ReportCatalog catalog) {
    ChartsApi api = new ChartsApi(traces, catalog);
    router.add("GET", "/api/charts", _ -> Response.json(api::list));
    router.add("GET", "/api/traces/{id}/charts/{name}", api::chart);
    router.add("GET", "/api/traces/{id}/usage", api::usage);
    router.add("GET", "/api/traces/{id}/scatter/{kind}", api::scatter);
  }

  private void list(JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("charts");
    for (Report report : Charts.list(catalog)) {
      json.writeStartObject();
      json.writeStringProperty("name", report.name());
      json.writeStringProperty("title", report.title());
      json.writeStringProperty("unit", Charts.unit(report).text());
      json.writeStringProperty("plot", plot(report));
      json.writeStringProperty("group", report.group());
      TableJson.texts(
          json, "params", report.parameters().stream().map(ReportParameter::name).toList());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String plot(Report report) {
    PlotHint plot = report.plot();
    return plot == null ? "line" : plot.kind().text();
  }

  private Response chart(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Times times = Times.of(trace);
    Report report = Asked.report(request, trace);
    Window window = times.window(request, "bins", USUAL_BINS);
    XY xy =
        trace
            .charts()
            .ask(
                report,
                window,
                Asked.parameters(request),
                Asked.host(request, trace),
                request.cancel());
    return Response.json(json -> write(json, report.name(), plot(report), xy, window, times));
  }

  private Response usage(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Times times = Times.of(trace);
    Window window = times.window(request, "bins", USUAL_BINS);
    XY xy = trace.charts().usage(request.number("row", -1, 0, Integer.MAX_VALUE), window);
    return Response.json(json -> write(json, "usage", "line", xy, window, times));
  }

  private static void write(
      JsonGenerator json, String name, String plot, XY xy, Window window, Times times) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("title", xy.title());
    json.writeStringProperty("unit", xy.unit());
    json.writeStringProperty("plot", plot);
    json.writeNumberProperty("begin", times.relative(window.beginNs()));
    json.writeNumberProperty("end", times.relative(window.endNs()));
    json.writeArrayPropertyStart("times");
    for (long time : xy.times()) {
      json.writeNumber(times.relative(time));
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("series");
    for (XY.Series series : xy.series()) {
      json.writeStartObject();
      json.writeStringProperty("name", series.name());
      json.writeArrayPropertyStart("values");
      for (double value : series.values()) {
        Json.writeReal(json, value);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    TableJson.texts(json, "missing", xy.missing());
    json.writeEndObject();
  }

  private Response scatter(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    Times times = Times.of(trace);
    Scatter found =
        trace.scatter(
            Scatter.Kind.of(request.segment("kind")),
            times.window(request, "width", 800),
            request.number("height", 300, 1, Window.MOST_PIXELS),
            new Scatter.Only(
                number(request.query("p.tid")),
                request.query("p.name"),
                Asked.host(request, trace)),
            request.cancel());
    return Response.json(json -> {
      json.writeStartObject();
      json.writeStringProperty("unit", "ns");
      json.writeNumberProperty("total", found.total());
      json.writeNumberProperty("shown", found.points().size());
      json.writeBooleanProperty("log", true);
      json.writeArrayPropertyStart("points");
      for (Scatter.Point point : found.points()) {
        json.writeNumber(times.relative(point.ns()));
        json.writeNumber(point.durationNs());
        json.writeNumber(point.series());
        json.writeNumber(point.row());
      }
      json.writeEndArray();
      TableJson.texts(json, "series", found.series());
      json.writeEndObject();
    });
  }

  private static @Nullable Long number(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException failure) {
      throw HttpFailure.bad("'p.tid' is no number: " + text);
    }
  }
}
