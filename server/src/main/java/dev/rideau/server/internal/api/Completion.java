package dev.rideau.server.internal.api;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.tables.Statements;
import dev.rideau.tables.TraceDatabase;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/// Words with which statements can go on.
final class Completion {
  private static final List<String> KEYWORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "LIMIT",
          "JOIN",
          "LEFT JOIN",
          "ASOF JOIN",
          "USING",
          "ON",
          "AS",
          "WITH",
          "HAVING",
          "DISTINCT",
          "UNION ALL",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS NULL",
          "LIKE",
          "BETWEEN",
          "DESC",
          "count(*)",
          "sum",
          "min",
          "max",
          "avg",
          "quantile_cont",
          "events",
          "getvariable('begin_ts')",
          "getvariable('end_ts')",
          "DESCRIBE",
          "SUMMARIZE");

  private Completion() {}

  static void write(JsonGenerator json, OpenTrace trace) {
    TreeSet<String> events = new TreeSet<>();
    for (DataStream stream : trace.records().dataStreams()) {
      for (EventClass each : stream.dataStreamClass().eventClasses()) {
        events.add(each.displayName());
      }
    }
    json.writeStartObject();
    json.writeArrayPropertyStart("tables");
    for (FactTable table : TraceDatabase.tables()) {
      json.writeStartObject();
      json.writeStringProperty("name", table.name());
      json.writeStringProperty("text", table.sentence());
      List<String> columns = new ArrayList<>(List.of("host"));
      table.columns().stream().map(FactColumn::name).forEach(columns::add);
      TablesApi.texts(json, "columns", columns);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("macros");
    for (String name : Statements.libraryNames()) {
      json.writeStartObject();
      json.writeStringProperty("name", name);
      json.writeStringProperty("text", Statements.libraryComment(name));
      json.writeEndObject();
    }
    json.writeEndArray();
    TablesApi.texts(json, "events", events);
    TablesApi.texts(json, "keywords", KEYWORDS);
    json.writeEndObject();
  }
}
