package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import java.util.ArrayList;
import java.util.List;

/// The lines of a table that is held in memory. Immutable.
///
/// @param times for each line the time that it is about; empty when there is none
record HeldTable(List<Column> columns, List<String[]> lines, long[] times) {

  /// @param type in the words of the protocol
  record Column(String name, String description, String type) {}

  /// The columns as the protocol tells them.
  static List<Object> model(List<Column> columns) {
    List<Object> models = new ArrayList<>();
    for (int id = 0; id < columns.size(); id++) {
      Column column = columns.get(id);
      models.add(
          JsonTree.object(
              "id",
              id,
              "name",
              column.name,
              "description",
              column.description,
              "type",
              column.type));
    }
    return models;
  }

  Object lines(TableRequest request, Cancel cancel) {
    int first = first(request, cancel);
    List<Object> found = new ArrayList<>();
    int width = columns.size();
    for (int i = first; i >= 0 && i < lines.size() && found.size() < request.count(); i++) {
      String[] line = lines.get(i);
      found.add(request.line(i, column -> line[column], width, cancel));
    }
    return request.model(lines.size(), Math.max(0, first), found, width);
  }

  // -1 when the search finds nothing.
  private int first(TableRequest request, Cancel cancel) {
    Long index = request.index();
    Long time = request.time();
    int first =
        index != null ? (int) Math.min(index, lines.size()) : time == null ? 0 : firstAt(time);
    if (request.direction() == null || request.search().isEmpty()) {
      return first;
    }
    int step = request.direction() == TableRequest.Direction.NEXT ? 1 : -1;
    for (int i = Math.min(first, lines.size() - 1 + Math.max(0, step));
        i >= 0 && i < lines.size();
        i += step) {
      String[] line = lines.get(i);
      if (request.matches(column -> line[column], cancel)) {
        return i;
      }
    }
    return -1;
  }

  // The lines need not be in the order of time.
  private int firstAt(long ns) {
    int best = lines.size();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= ns && (best == lines.size() || times[i] < times[best])) {
        best = i;
      }
    }
    return times.length == 0 ? 0 : best;
  }
}
