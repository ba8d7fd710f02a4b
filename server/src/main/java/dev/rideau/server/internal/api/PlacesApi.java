package dev.rideau.server.internal.api;

import dev.rideau.reports.Explanation;
import dev.rideau.reports.Explanation.Finding;
import dev.rideau.reports.Losses;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.Critical;
import dev.rideau.server.internal.view.Details;
import dev.rideau.server.internal.view.Explainer;
import dev.rideau.server.internal.view.Fault;
import dev.rideau.server.internal.view.Mark;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.server.internal.view.Search;
import dev.rideau.server.internal.view.TableAnswer;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// What leads to places on the timeline: the explanation, marks, search, details, critical paths.
final class PlacesApi {
  private static final int MOST_HITS = 1000;

  private final OpenTraces traces;

  private PlacesApi(OpenTraces traces) {
    this.traces = traces;
  }

  static void register(Router router, OpenTraces traces) {
    PlacesApi api = new PlacesApi(traces);
    router.add("GET", "/api/traces/{id}/explain", api::explain);
    router.add("GET", "/api/traces/{id}/marks", api::marks);
    router.add("GET", "/api/traces/{id}/search", api::search);
    router.add("GET", "/api/traces/{id}/critical-path", api::criticalPath);
    router.add("GET", "/api/traces/{id}/timeline/details", api::details);
  }

  private static int row(Request request) {
    request.required("row");
    return request.number("row", -1, 0, Integer.MAX_VALUE);
  }

  // ---- explain

  private Response explain(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    trace.timeline();
    Times times = Times.of(trace);
    Integer host = Asked.host(request, trace);
    if (host == null && trace.hosts().size() > 1) {
      throw HttpFailure.bad("'host' must name one of the machines");
    }
    Explainer.Explained explained =
        trace.explainer().explain(times.range(request), host == null ? 0 : host, request.cancel());
    return Response.json(json -> write(json, explained, trace, times));
  }

  private static void write(
      JsonGenerator json, Explainer.Explained explained, OpenTrace trace, Times times) {
    Explanation told = explained.told();
    Explainer explainer = trace.explainer();
    json.writeStartObject();
    json.writeObjectPropertyStart("range");
    range(json, told.range(), times);
    json.writeEndObject();
    json.writeArrayPropertyStart("recording");
    told.recording()
        .forEach((name, value) -> {
          json.writeStartArray();
          json.writeString(name);
          json.writeString(value);
          json.writeEndArray();
        });
    json.writeEndArray();
    TableJson.texts(json, "shortOf", told.shortOf());
    findings(json, "resources", explained, explained.resources(), explainer, times);
    findings(json, "findings", explained, explained.findings(), explainer, times);
    json.writeArrayPropertyStart("unanswered");
    for (Explanation.Unanswered each : told.unanswered()) {
      json.writeStartObject();
      json.writeStringProperty("rule", each.rule());
      json.writeStringProperty("question", each.question());
      json.writeStringProperty("resource", each.resource());
      TableJson.texts(json, "missing", each.missing());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeName("busiest");
    TableJson.write(
        json,
        new TableAnswer(explainer.busiest().columns(), told.busiest(), false, 0, null, List.of()),
        times);
    losses(json, explained, trace, times);
    faults(json, explained.faults(), times);
    json.writeBooleanProperty("hasStateDump", told.hasStateDump());
    json.writeBooleanProperty("isKernelTrace", told.isKernelTrace());
    json.writeEndObject();
  }

  private static void losses(
      JsonGenerator json, Explainer.Explained explained, OpenTrace trace, Times times) {
    Losses losses = explained.told().losses();
    json.writeName("losses");
    if (losses == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    TableJson.members(json, losses, times);
    json.writeStringProperty("text", losses.sentence(trace.values()));
    json.writeStringProperty(
        "command", trace.explainer().command("rideau report losses {trace}", explained.host()));
    json.writeArrayPropertyStart("places");
    explained.losses().forEach(mark -> mark(json, mark, times));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void faults(JsonGenerator json, List<Fault> faults, Times times) {
    json.writeArrayPropertyStart("damage");
    for (Fault fault : faults) {
      json.writeStartObject();
      json.writeStringProperty("severity", fault.severity());
      json.writeStringProperty("rule", fault.rule());
      json.writeStringProperty("origin", fault.origin());
      json.writeStringProperty("message", fault.message());
      json.writeStringProperty("advice", fault.advice());
      json.writeStringProperty("text", fault.text());
      if (fault.hasTime()) {
        range(json, new TimeRange(fault.beginNs(), fault.endNs()), times);
      } else {
        json.writeNullProperty("begin");
        json.writeNullProperty("end");
      }
      rowOrNull(json, "row", fault.row());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void findings(
      JsonGenerator json,
      String name,
      Explainer.Explained explained,
      List<Explainer.Located> findings,
      Explainer explainer,
      Times times) {
    json.writeArrayPropertyStart(name);
    for (Explainer.Located located : findings) {
      Finding finding = located.finding();
      json.writeStartObject();
      json.writeStringProperty("rule", finding.rule());
      json.writeStringProperty("title", finding.title());
      json.writeStringProperty("resource", finding.resource());
      json.writeNumberProperty("severity", finding.severity());
      json.writeNumberProperty("score", finding.score());
      json.writeStringProperty("supply", finding.supply());
      json.writeStringProperty("summary", finding.summary());
      json.writeStringProperty("advice", finding.advice());
      json.writeStringProperty("command", explainer.command(finding.command(), explained.host()));
      String report = explainer.report(finding);
      json.writeName("report");
      if (report == null) {
        json.writeNull();
      } else {
        json.writeString(report);
      }
      range(json, located.place(), times);
      json.writeBooleanProperty("whole", located.isWhole());
      rowOrNull(json, "row", located.row());
      json.writeArrayPropertyStart("evidence");
      finding
          .evidence()
          .forEach((piece, value) -> {
            json.writeStartObject();
            json.writeStringProperty("name", piece);
            json.writeStringProperty("unit", explainer.unit(finding, piece).text());
            json.writeName("value");
            TableJson.value(json, explainer.unit(finding, piece), value, times);
            json.writeEndObject();
          });
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void range(JsonGenerator json, TimeRange range, Times times) {
    json.writeNumberProperty("begin", times.relative(range.beginNs()));
    json.writeNumberProperty("end", times.relative(range.endNs()));
  }

  private static void rowOrNull(JsonGenerator json, String name, int row) {
    json.writeName(name);
    if (row < 0) {
      json.writeNull();
    } else {
      json.writeNumber(row);
    }
  }

  // ---- marks

  private Response marks(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    trace.timeline();
    Times times = Times.of(trace);
    List<Mark> marks = trace.marks().in(times.range(request), request.cancel());
    return Response.json(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("marks");
      marks.forEach(mark -> mark(json, mark, times));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void mark(JsonGenerator json, Mark mark, Times times) {
    json.writeStartObject();
    json.writeStringProperty("kind", mark.kind());
    range(json, new TimeRange(mark.beginNs(), mark.endNs()), times);
    rowOrNull(json, "row", mark.row());
    json.writeNumberProperty("severity", mark.severity());
    json.writeStringProperty("text", mark.text());
    json.writeEndObject();
  }

  // ---- search

  private Response search(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    trace.timeline();
    Times times = Times.of(trace);
    String text = request.required("q").strip();
    if (text.isEmpty()) {
      throw HttpFailure.bad("'q' is blank");
    }
    String kind = request.query("kind");
    String direction = request.query("direction");
    if (direction != null && !direction.equals("next") && !direction.equals("previous")) {
      throw HttpFailure.bad("'direction' must be next or previous");
    }
    int limit = request.number("limit", 50, 1, MOST_HITS);
    // One before the begin, so that what happens at the begin is found.
    long from = times.absolute(request.number("from", -1));
    Search search =
        new Search(trace, from, !"previous".equals(direction), limit + 1, request.cancel());
    List<Search.Hit> hits = search.find(kind == null || kind.isEmpty() ? "all" : kind, text);
    return Response.json(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("hits");
      for (Search.Hit hit : hits.subList(0, Math.min(hits.size(), limit))) {
        json.writeStartObject();
        json.writeStringProperty("kind", hit.kind());
        json.writeStringProperty("text", hit.text());
        rowOrNull(json, "row", hit.row());
        range(json, new TimeRange(hit.beginNs(), hit.endNs()), times);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeBooleanProperty("truncated", hits.size() > limit);
      json.writeEndObject();
    });
  }

  // ---- critical path

  private Response criticalPath(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    trace.timeline();
    Times times = Times.of(trace);
    Critical path = trace.criticalPath(row(request), times.range(request), request.cancel());
    return Response.json(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("segments");
      for (Critical.Segment segment : path.segments()) {
        json.writeStartObject();
        rowOrNull(json, "row", segment.row());
        range(json, new TimeRange(segment.beginNs(), segment.endNs()), times);
        json.writeStringProperty("key", segment.key());
        json.writeStringProperty("thread", segment.thread());
        json.writeStringProperty("text", segment.text());
        json.writeNumberProperty("depth", segment.depth());
        rowOrNull(json, "wakesRow", segment.wakesRow());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeBooleanProperty("truncated", path.isTruncated());
      json.writeEndObject();
    });
  }

  // ---- details

  private Response details(Request request) {
    OpenTrace trace = Asked.trace(request, traces);
    trace.timeline();
    Times times = Times.of(trace);
    request.required("ts");
    Details found =
        trace.details(row(request), times.absolute(request.number("ts", 0)), request.cancel());
    if (found == null) {
      // Not a failure: a page asks wherever the pointer is.
      return Response.json(JsonGenerator::writeNull);
    }
    return Response.json(json -> write(json, found, times));
  }

  private static void write(JsonGenerator json, Details found, Times times) {
    json.writeStartObject();
    json.writeNumberProperty("row", found.row());
    range(json, new TimeRange(found.beginNs(), found.endNs()), times);
    json.writeNumberProperty("code", found.style().code());
    json.writeStringProperty("title", found.title());
    json.writeArrayPropertyStart("fields");
    for (Details.Field field : found.fields()) {
      json.writeStartObject();
      json.writeStringProperty("name", field.name());
      json.writeStringProperty("text", field.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("links");
    for (Details.Link link : found.links()) {
      json.writeStartObject();
      json.writeStringProperty("rel", link.rel());
      json.writeStringProperty("text", link.text());
      json.writeNumberProperty("row", link.row());
      json.writeNumberProperty("ts", times.relative(link.ns()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
