package dev.rideau.server.internal.api;

import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportColumn;
import dev.rideau.reports.ReportParameter;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.Download;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.OpenTraces;
import dev.rideau.server.internal.view.Question;
import dev.rideau.server.internal.view.SqlAnswer;
import dev.rideau.server.internal.view.Statement;
import dev.rideau.server.internal.view.TableAnswer;
import dev.rideau.server.internal.view.Tables;
import dev.rideau.tables.ResultColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Reports and SQL: rows to look at and files to take along.
final class TablesApi {
  private static final int USUAL_ROWS = 10_000;

  private final OpenTraces traces;
  private final ReportCatalog catalog;

  private TablesApi(OpenTraces traces, ReportCatalog catalog) {
    this.traces = traces;
    this.catalog = catalog;
  }

  static void register(Router router, OpenTraces traces, ReportCatalog catalog) {
    TablesApi api = new TablesApi(traces, catalog);
    router.add("GET", "/api/reports", _ -> Response.json(api::list));
    router.add("GET", "/api/traces/{id}/reports", api::available);
    router.add("GET", "/api/traces/{id}/reports/{name}", api::report);
    router.add("POST", "/api/traces/{id}/sql", api::sql);
    router.add(
        "GET",
        "/api/traces/{id}/sql/completion",
        request -> {
          OpenTrace trace = Asked.trace(request, traces);
          return Response.json(json -> Completion.write(json, trace));
        });
  }

  private void list(JsonGenerator json) {
    ReportCatalog.Listing listing = catalog.all();
    json.writeStartObject();
    json.writeArrayPropertyStart("reports");
    listing.reports().forEach(report -> write(json, report));
    json.writeEndArray();
    json.writeArrayPropertyStart("problems");
    listing.problems().forEach(each -> json.writeString(String.valueOf(each.getMessage())));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Report report) {
    json.writeStartObject();
    json.writeStringProperty("name", report.name());
    json.writeStringProperty("group", report.group());
    json.writeStringProperty("title", report.title());
    json.writeStringProperty("answers", report.answers());
    TableJson.texts(json, "needs", report.needs().stream().map(Report.Need::toString).toList());
    json.writeArrayPropertyStart("params");
    for (ReportParameter parameter : report.parameters()) {
      json.writeStartObject();
      json.writeStringProperty("name", parameter.name());
      json.writeStringProperty("type", parameter.type().text());
      json.writeName("default");
      Json.write(json, parameter.otherwise());
      json.writeStringProperty("text", parameter.sentence());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("columns");
    report.columns().forEach(column -> write(json, column));
    json.writeEndArray();
    json.writeName("plot");
    PlotHint plot = report.plot();
    if (plot == null) {
      json.writeNull();
    } else {
      json.writeStartObject();
      json.writeStringProperty("kind", plot.kind().text());
      json.writeName("roles");
      Json.write(json, plot.columns());
      json.writeEndObject();
    }
    TableJson.texts(json, "see", report.see());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, ReportColumn column) {
    json.writeStartObject();
    json.writeStringProperty("name", column.name());
    json.writeStringProperty("unit", column.unit().text());
    json.writeStringProperty("text", column.sentence());
    json.writeEndObject();
  }

  private Response available(Request request) {
    Map<String, List<String>> missing =
        Asked.trace(request, traces).tables().availability(request.cancel());
    return Response.json(json -> {
      json.writeStartObject();
      TableJson.texts(
          json,
          "available",
          missing.keySet().stream().filter(name -> isEmpty(missing, name)).toList());
      json.writeObjectPropertyStart("unavailable");
      missing.forEach((name, events) -> {
        if (!events.isEmpty()) {
          TableJson.texts(json, name, events);
        }
      });
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static boolean isEmpty(Map<String, List<String>> missing, String name) {
    return missing.getOrDefault(name, List.of()).isEmpty();
  }

  private Response report(Request request) throws IOException {
    OpenTrace trace = Asked.trace(request, traces);
    Times times = Times.of(trace);
    Report report = Asked.report(request, trace);
    Question question =
        new Question(
            report, Asked.parameters(request), times.range(request), Asked.host(request, trace));
    Download form = form(request.query("format"));
    String file = trace.id() + "-" + report.name();
    return switch (form) {
      case JSON -> {
        TableAnswer answer = trace.tables().ask(question, Tables.MOST_ROWS, request.cancel());
        yield Response.json(json -> TableJson.write(json, answer, times));
      }
      case CSV -> {
        TableAnswer answer = trace.tables().ask(question, Tables.MOST_ROWS, request.cancel());
        Tables.checkAnswered(report, answer.missing());
        checkWhole(answer.isTruncated());
        List<String> names = answer.columns().stream().map(ReportColumn::name).toList();
        yield Response.stream(form.type(), out -> Csv.write(out, names, answer.rows()))
            .named(file + ".csv");
      }
      case PARQUET ->
          download(trace.tables().parquet(question, request.cancel()), file + ".parquet");
      case SVG ->
          Response.bytes(form.type(), trace.tables().svg(question, request.cancel()))
              .named(file + ".svg");
    };
  }

  private static Download form(@Nullable String key) {
    Download form = key == null || key.isEmpty() ? Download.JSON : Download.of(key);
    if (form == null) {
      throw HttpFailure.bad("'format' must be json, csv, parquet or svg");
    }
    return form;
  }

  // A file does not tell that rows are missing at its end.
  private static void checkWhole(boolean isTruncated) {
    if (isTruncated) {
      throw new HttpFailure(
          507,
          "there are more rows than a CSV file may have here, " + Tables.MOST_ROWS,
          "take a Parquet file, which has all of them, or ask for less");
    }
  }

  private static Response download(Path file, String name) {
    return Response.ownFile(Download.PARQUET.type(), file).named(name);
  }

  private Response sql(Request request) throws IOException {
    OpenTrace trace = Asked.trace(request, traces);
    Json body = request.json();
    Times times = Times.of(trace);
    Statement statement = Statement.of(body.member("sql").text());
    TimeRange range =
        new TimeRange(
            times.absolute(body.member("begin").number(0)),
            times.absolute(body.member("end").number(times.span().durationNs())));
    int last = Math.max(0, trace.hosts().size() - 1);
    Integer host = body.member("host").isNull() ? null : body.member("host").number(0, last);
    Download form = form(body.member("format").textOrNull());
    Json limit = body.member("limit");
    int most = limit.isNull() ? USUAL_ROWS : limit.number(1, Tables.MOST_ROWS);
    String file = trace.id() + "-rows";
    return switch (form) {
      case JSON -> {
        SqlAnswer answer = trace.sql().run(statement, range, host, most, request.cancel());
        yield Response.json(json -> write(json, answer));
      }
      case CSV -> {
        SqlAnswer answer =
            trace.sql().run(statement, range, host, Tables.MOST_ROWS, request.cancel());
        checkWhole(answer.isTruncated());
        List<String> names = answer.columns().stream().map(ResultColumn::name).toList();
        yield Response.stream(form.type(), out -> Csv.write(out, names, answer.rows()))
            .named(file + ".csv");
      }
      case PARQUET ->
          download(
              trace.sql().parquet(statement, range, host, request.cancel()), file + ".parquet");
      case SVG -> throw HttpFailure.bad("'format' must be json, csv or parquet");
    };
  }

  private static void write(JsonGenerator json, SqlAnswer answer) {
    json.writeStartObject();
    json.writeArrayPropertyStart("columns");
    for (ResultColumn column : answer.columns()) {
      json.writeStartObject();
      json.writeStringProperty("name", column.name());
      json.writeStringProperty("type", column.type());
      json.writeBooleanProperty("number", column.isNumber());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("rows");
    for (@Nullable Object[] row : answer.rows()) {
      json.writeStartArray();
      for (Object value : row) {
        Json.write(json, value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeBooleanProperty("truncated", answer.isTruncated());
    json.writeNumberProperty("elapsedMs", answer.elapsedMs());
    json.writeEndObject();
  }
}
