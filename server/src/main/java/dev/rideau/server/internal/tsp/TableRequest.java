package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Which lines of a table are wanted.
///
/// @param index the first line; null when a time says it
/// @param time the first line is that at or after this time
/// @param count how many
/// @param columns ids of the columns; empty for all
/// @param search patterns by column id; a line matches when all do
/// @param direction where the first matching line is looked for; null to begin with the first line
record TableRequest(
    @Nullable Long index,
    @Nullable Long time,
    int count,
    List<Integer> columns,
    Map<Integer, Pattern> search,
    @Nullable Direction direction) {
  /// Bit of a line that the search matches.
  static final int MATCH = 8;

  private static final int LONGEST_PATTERN = 1000;

  /// From the first line on, or back from it.
  enum Direction {
    NEXT,
    PREVIOUS
  }

  /// @param width number of columns of the table
  static TableRequest of(Fields fields, int width) {
    Long index = fields.optionalWhole("requested_table_index");
    List<Long> times = fields.optionalWholes("requested_times");
    if (index == null && times.isEmpty()) {
      throw TspFailure.malformed(
          "neither requested_table_index nor requested_times is given", "give one of them");
    }
    if (index != null && index < 0) {
      throw TspFailure.malformed("requested_table_index is below 0", "the first line is 0");
    }
    int count = fields.count("requested_table_count", 0, 65_536, -1);
    if (count < 0) {
      throw TspFailure.malformed("requested_table_count is missing", "the protocol demands it");
    }
    List<Integer> columns = new ArrayList<>();
    for (long column : fields.optionalWholes("requested_table_column_ids")) {
      columns.add(column(column, width));
    }
    Fields expressions = fields.optionalObject("table_search_expressions");
    Map<Integer, Pattern> search = new TreeMap<>();
    if (expressions != null) {
      for (String name : expressions.names()) {
        search.put(column(number(name), width), pattern(expressions.text(name)));
      }
    }
    String direction = fields.optionalText("table_search_direction");
    return new TableRequest(
        index,
        index == null ? times.getFirst() : null,
        count,
        columns,
        search,
        direction == null ? null : direction(direction));
  }

  private static long number(String name) {
    try {
      return Long.parseLong(name);
    } catch (NumberFormatException failure) {
      throw TspFailure.malformed(
          "table_search_expressions has the column '" + TspText.shortened(name) + "'",
          "columns are named by their number");
    }
  }

  private static int column(long id, int width) {
    if (id < 0 || id >= width) {
      throw TspFailure.malformed(
          "there is no column " + id, "this table has the columns 0 to " + (width - 1));
    }
    return (int) id;
  }

  private static Pattern pattern(String text) {
    if (text.length() > LONGEST_PATTERN) {
      throw TspFailure.malformed(
          "a search expression is too long", "give at most " + LONGEST_PATTERN + " characters");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException failure) {
      throw TspFailure.malformed(
          "'" + TspText.shortened(text) + "' is no regular expression", failure.getDescription());
    }
  }

  private static Direction direction(String text) {
    return switch (text) {
      case "NEXT" -> Direction.NEXT;
      case "PREVIOUS" -> Direction.PREVIOUS;
      default ->
          throw TspFailure.malformed(
              "table_search_direction is '" + TspText.shortened(text) + "'",
              "give NEXT or PREVIOUS");
    };
  }

  /// The columns of the answer, in its order.
  List<Integer> columnsOf(int width) {
    if (!columns.isEmpty()) {
      return columns;
    }
    List<Integer> all = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      all.add(column);
    }
    return all;
  }

  /// Whether a line with these cells matches; never without a search.
  boolean matches(IntFunction<String> cells, Cancel cancel) {
    if (search.isEmpty()) {
      return false;
    }
    for (Map.Entry<Integer, Pattern> each : search.entrySet()) {
      CharSequence cell = new PatientText(cells.apply(each.getKey()), cancel);
      if (!each.getValue().matcher(cell).find()) {
        return false;
      }
    }
    return true;
  }

  /// A line of the answer.
  Object line(long index, IntFunction<String> cells, int width, Cancel cancel) {
    List<Object> texts = new ArrayList<>();
    for (int column : columnsOf(width)) {
      texts.add(Map.of("content", cells.apply(column)));
    }
    return JsonTree.object(
        "index", index, "cells", texts, "tags", matches(cells, cancel) ? MATCH : null);
  }

  /// The answer.
  Object model(long size, long lowIndex, List<Object> lines, int width) {
    return JsonTree.object(
        "size", size, "lowIndex", lowIndex, "columnIds", columnsOf(width), "lines", lines);
  }
}
