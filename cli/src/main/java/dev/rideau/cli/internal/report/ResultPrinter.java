package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.cli.internal.JsonDocument;
import dev.rideau.reports.Period;
import dev.rideau.reports.ReportColumn;
import dev.rideau.reports.ReportResult;
import dev.rideau.reports.ValueText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Prints answers: for people as a table, for programs as CSV or as JSON with one object a line.
public final class ResultPrinter {
  private final PrintWriter out;

  public ResultPrinter(PrintWriter out) {
    this.out = out;
  }

  /// Prints a table with units that suit the size of numbers.
  ///
  /// @param indent in front of each line
  /// @return number of rows
  public int table(
      List<ReportColumn> columns,
      List<@Nullable Object[]> rows,
      ValueText values,
      String indent,
      boolean colours) {
    AlignedTable table = new AlignedTable(indent);
    boolean[] shown = new boolean[columns.size()];
    int width = 0;
    for (int i = 0; i < columns.size(); i++) {
      ReportColumn column = columns.get(i);
      shown[i] = !isOneHost(column, rows, i);
      if (shown[i]) {
        width++;
        String title = column.title().toUpperCase(Locale.ROOT);
        if (column.unit().isNumber()) {
          table.number(title);
        } else {
          table.text(title);
        }
      }
    }
    for (@Nullable Object[] row : rows) {
      String[] cells = new String[width];
      int at = 0;
      for (int i = 0; i < columns.size(); i++) {
        if (shown[i]) {
          cells[at++] = values.of(columns.get(i).unit(), row[i]);
        }
      }
      table.row(cells);
    }
    StringBuilder text = new StringBuilder();
    table.appendTo(text, colours);
    out.print(text);
    return rows.size();
  }

  // The number of the machine tells nothing when there is only one.
  private static boolean isOneHost(ReportColumn column, List<@Nullable Object[]> rows, int index) {
    if (!column.name().equals("host")) {
      return false;
    }
    for (@Nullable Object[] row : rows) {
      if (!Long.valueOf(0).equals(row[index])) {
        return false;
      }
    }
    return true;
  }

  /// Prints CSV with the plain numbers of the database.
  ///
  /// @param period the period that was asked about; null for none
  public void csv(ReportResult result, @Nullable Period period, boolean titles) {
    List<ReportColumn> columns = result.columns();
    if (titles) {
      StringJoiner line = new StringJoiner(",");
      if (period != null) {
        line.add("period").add("period_begin").add("period_end");
      }
      columns.forEach(column -> line.add(field(column.name())));
      out.println(line);
    }
    while (result.next()) {
      StringJoiner line = new StringJoiner(",");
      if (period != null) {
        line.add(field(period.name()));
        line.add(Long.toString(period.beginNs())).add(Long.toString(period.endNs()));
      }
      for (int i = 0; i < columns.size(); i++) {
        Object value = result.value(i);
        line.add(value == null ? "" : field(plain(value)));
      }
      out.println(line);
    }
  }

  private static String field(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return '"' + text.replace("\"", "\"\"") + '"';
      }
    }
    return text;
  }

  private static String plain(Object value) {
    return value instanceof Double number ? number(number) : value.toString();
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /// Prints one JSON object for each row, with the plain numbers of the database.
  public void json(ReportResult result, @Nullable Period period) {
    List<ReportColumn> columns = result.columns();
    StringBuilder line = new StringBuilder();
    while (result.next()) {
      line.setLength(0);
      line.append('{');
      if (period != null) {
        append(line, "period", period.name());
        append(line, "period_begin", period.beginNs());
        append(line, "period_end", period.endNs());
        for (Map.Entry<String, String> capture : period.captures().entrySet()) {
          append(line, "capture " + capture.getKey(), capture.getValue());
        }
      }
      for (int i = 0; i < columns.size(); i++) {
        append(line, columns.get(i).name(), result.value(i));
      }
      out.println(line.append('}'));
    }
  }

  private static void append(StringBuilder line, String name, @Nullable Object value) {
    line.append(line.length() > 1 ? "," : "");
    line.append(JsonDocument.quoted(name)).append(':');
    switch (value) {
      case null -> line.append("null");
      case Double number -> line.append(Double.isFinite(number) ? number(number) : "null");
      case Long number -> line.append(number.longValue());
      case Boolean truth -> line.append(truth.booleanValue());
      default -> line.append(JsonDocument.quoted(value.toString()));
    }
  }
}
