package dev.rideau.server.internal.api;

import dev.rideau.kernel.FactTable;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.tables.Statements;
import dev.rideau.tables.TraceDatabase;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Words with which statements can go on.
final class Completion {
  /// What is a word of statements in the page beside those of SQL.
  private static final List<String> OWN =
      List.of("events", "getvariable('begin_ts')", "getvariable('end_ts')");

  private Completion() {}

  static void write(JsonGenerator json, OpenTrace trace) {
    json.writeStartObject();
    json.writeArrayPropertyStart("tables");
    for (FactTable table : TraceDatabase.tables()) {
      json.writeStartObject();
      json.writeStringProperty("name", table.name());
      json.writeStringProperty("text", table.sentence());
      TableJson.texts(json, "columns", Statements.columnsOf(table));
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
    TableJson.texts(json, "events", Statements.eventsOf(trace.records()));
    List<String> words = new ArrayList<>(Statements.keywords());
    words.addAll(OWN);
    TableJson.texts(json, "keywords", words);
    json.writeEndObject();
  }
}
