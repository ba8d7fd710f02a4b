package dev.rideau.server.internal.api;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Losses;
import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.view.TableAnswer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Rows of reports as JSON.
final class TableJson {
  private TableJson() {}

  static void write(JsonGenerator json, TableAnswer answer, Times times) {
    json.writeStartObject();
    json.writeArrayPropertyStart("columns");
    answer.columns().forEach(column -> TablesApi.write(json, column));
    json.writeEndArray();
    json.writeArrayPropertyStart("rows");
    for (@Nullable Object[] row : answer.rows()) {
      json.writeStartArray();
      for (int i = 0; i < row.length; i++) {
        value(json, answer.columns().get(i).unit(), row[i], times);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeBooleanProperty("truncated", answer.isTruncated());
    json.writeNumberProperty("elapsedMs", answer.elapsedMs());
    json.writeName("losses");
    losses(json, answer.losses(), times);
    texts(json, "missing", answer.missing());
    json.writeEndObject();
  }

  static void value(JsonGenerator json, ColumnUnit unit, @Nullable Object value, Times times) {
    Json.write(
        json,
        unit == ColumnUnit.TIME && value instanceof Long ns ? (Object) times.relative(ns) : value);
  }

  static void losses(JsonGenerator json, @Nullable Losses losses, Times times) {
    if (losses == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    members(json, losses, times);
    json.writeStringProperty("text", losses.sentence());
    json.writeEndObject();
  }

  static void members(JsonGenerator json, Losses losses, Times times) {
    json.writeNumberProperty("events", losses.events());
    json.writeNumberProperty("packets", losses.packets());
    json.writeNumberProperty("begin", times.relative(losses.beginNs()));
    json.writeNumberProperty("end", times.relative(losses.endNs()));
  }

  static void texts(JsonGenerator json, String name, Iterable<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
