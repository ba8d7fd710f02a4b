package dev.rideau.reports.internal.plot;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ValueText;
import java.util.List;
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
