package dev.rideau.reports.internal.plot;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ValueText;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of an answer by the roles that columns play in its picture.
record Cells(Report report, PlotHint plot, List<@Nullable Object[]> rows, ValueText values) {

  int size() {
    return rows.size();
  }

  boolean has(String role) {
    return plot.column(role) != null;
  }

  private int column(String role) {
    String name = plot.column(role);
    return name == null ? -1 : report.indexOf(name);
  }

  ColumnUnit unit(String role) {
    int column = column(role);
    return column < 0 ? ColumnUnit.TEXT : report.columns().get(column).unit();
  }

  String title(String role) {
    int column = column(role);
    return column < 0 ? "" : report.columns().get(column).title();
  }

  /// The number there; 0 where there is none.
  double number(int row, String role) {
    int column = column(role);
    Object value = column < 0 ? null : rows.get(row)[column];
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  /// The whole number there; 0 where there is none.
  long whole(int row, String role) {
    int column = column(role);
    Object value = column < 0 ? null : rows.get(row)[column];
    return value instanceof Number number ? number.longValue() : 0;
  }

  /// The text there; empty where there is none.
  String text(int row, String role) {
    int column = column(role);
    return column < 0 ? "" : values.of(unit(role), rows.get(row)[column]);
  }

  /// The name of what a bar or track tells of, with what tells it from others of that name where a
  /// column of its own has that: the id, or the detail.
  String name(int row, String role) {
    String name = text(row, role);
    String column = plot.column(role);
    int id =
        switch (column) {
          case "process" -> report.indexOf("pid");
          case "thread" -> report.indexOf("tid");
          case "what" -> report.indexOf("detail");
          case null, default -> -1;
        };
    Object value = id < 0 ? null : rows.get(row)[id];
    return value == null ? name : name + " " + value;
  }

  /// Names that are numbers behind the same word, as `CPU 2`, by their numbers; others as they are.
  static List<String> ordered(Collection<String> names) {
    Set<String> words = new HashSet<>();
    for (String name : names) {
      words.add(number(name) < 0 ? name + "?" : name.replaceFirst("\\d+$", ""));
    }
    return words.size() == 1
        ? names.stream().sorted(Comparator.comparingInt(Cells::number)).toList()
        : List.copyOf(names);
  }

  private static int number(String name) {
    String digits = name.replaceFirst("^.*?(\\d{1,9})$", "$1");
    return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit) && digits.length() < 10
        ? Integer.parseInt(digits)
        : -1;
  }

  /// A time as people read it.
  String time(long ts) {
    return values.of(ColumnUnit.TIME, ts);
  }

  /// All that a row tells, for who points at it.
  String tip(int row) {
    StringBuilder tip = new StringBuilder();
    for (int column = 0; column < report.columns().size(); column++) {
      Object value = rows.get(row)[column];
      if (value != null) {
        tip.append(tip.isEmpty() ? "" : "\n");
        tip.append(report.columns().get(column).title()).append(": ");
        tip.append(values.of(report.columns().get(column).unit(), value));
      }
    }
    return tip.toString();
  }
}
