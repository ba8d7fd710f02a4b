package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.cli.internal.JsonDocument;
import dev.rideau.reports.ColumnUnit;
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
  /// In front of the names of what periods keep.
  private static final String CAPTURE = "capture ";

  private final PrintWriter out;

  public ResultPrinter(PrintWriter out) {
    this.out = out;
  }

  /// Prints a table with units that suit the size of numbers.
  public void table(
      List<ReportColumn> columns,
      List<@Nullable Object[]> rows,
      ValueText values,
      boolean colours) {
    AlignedTable table = new AlignedTable("  ");
    boolean[] shown = new boolean[columns.size()];
    int width = 0;
    for (int i = 0; i < columns.size(); i++) {
      ReportColumn column = columns.get(i);
      shown[i] = !isOneHost(column, rows, i);
      if (shown[i]) {
        width++;
        String title = (column.title() + ofUnit(column.unit())).toUpperCase(Locale.ROOT);
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
  }

  // Numbers of pages and sectors have no unit of their own beside them.
  private static String ofUnit(ColumnUnit unit) {
    return unit == ColumnUnit.PAGES || unit == ColumnUnit.SECTORS ? " " + unit.text() : "";
  }

  // The number of the machine tells nothing when there is only one.
  private static boolean isOneHost(ReportColumn column, List<@Nullable Object[]> rows, int index) {
    if (!column.name().equals("host")) {
      return false;
    }
    Object first = rows.getFirst()[index];
    return first != null && rows.stream().allMatch(row -> first.equals(row[index]));
  }

  /// Prints CSV with the plain numbers of the database. What the section is stands in front of each
  /// line.
  ///
  /// @param captures names of what periods keep of their records
  public void csv(ReportResult result, Section section, List<String> captures, boolean titles) {
    List<ReportColumn> columns = result.columns();
    Period period = section.period();
    if (titles) {
      StringJoiner line = new StringJoiner(",");
      if (section.host() != null) {
        line.add("host");
      }
      if (period != null) {
        line.add("period").add("period_begin").add("period_end");
        captures.forEach(name -> line.add(field(CAPTURE + name)));
      }
      for (ReportColumn column : columns) {
        if (isShown(column, section)) {
          line.add(field(column.name()));
        }
      }
      out.println(line);
    }
    while (result.next()) {
      StringJoiner line = new StringJoiner(",");
      if (section.host() != null) {
        line.add(field(section.host().name()));
      }
      if (period != null) {
        line.add(field(period.name()));
        line.add(Long.toString(period.beginNs())).add(Long.toString(period.endNs()));
        captures.forEach(name -> line.add(field(period.captures().getOrDefault(name, ""))));
      }
      for (int i = 0; i < columns.size(); i++) {
        if (isShown(columns.get(i), section)) {
          Object value = result.value(i);
          line.add(value == null ? "" : field(plain(value)));
        }
      }
      out.println(line);
    }
  }

  // Its name stands in front already.
  private static boolean isShown(ReportColumn column, Section section) {
    return section.host() == null || !column.name().equals("host");
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
  public void json(ReportResult result, Section section) {
    List<ReportColumn> columns = result.columns();
    Period period = section.period();
    StringBuilder line = new StringBuilder();
    while (result.next()) {
      line.setLength(0);
      line.append('{');
      if (section.host() != null) {
        append(line, "host", section.host());
      }
      if (period != null) {
        append(line, "period", period.name());
        append(line, "period_begin", period.beginNs());
        append(line, "period_end", period.endNs());
        for (Map.Entry<String, String> capture : period.captures().entrySet()) {
          append(line, CAPTURE + capture.getKey(), capture.getValue());
        }
      }
      for (int i = 0; i < columns.size(); i++) {
        if (isShown(columns.get(i), section)) {
          append(line, columns.get(i).name(), result.value(i));
        }
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
