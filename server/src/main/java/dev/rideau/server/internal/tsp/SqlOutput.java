package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a statement that a user gave, asked once. Any thread may ask.
final class SqlOutput implements Output.Table {
  private final OpenTrace source;
  private final Descriptor descriptor;
  private final String sql;
  private @Nullable HeldTable table;

  SqlOutput(OpenTrace source, Descriptor descriptor, String sql) {
    this.source = source;
    this.descriptor = descriptor;
    this.sql = sql;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public int width(Cancel cancel) {
    return table(cancel).columns().size();
  }

  @Override
  public Object columns(Cancel cancel) {
    return HeldTable.model(table(cancel).columns());
  }

  @Override
  public Object lines(TableRequest request, Cancel cancel) {
    return table(cancel).lines(request, cancel);
  }

  private synchronized HeldTable table(Cancel cancel) {
    HeldTable known = table;
    if (known == null) {
      known = Facts.userQuery(source, cancel, sql, SqlOutput::held);
      table = known;
    }
    return known;
  }

  private static HeldTable held(Rows rows) {
    List<HeldTable.Column> columns = new ArrayList<>();
    int timeColumn = -1;
    for (ResultColumn column : rows.columns()) {
      boolean isTime = column.name().equals("ts") || column.name().endsWith("_ts");
      if (isTime && timeColumn < 0) {
        timeColumn = columns.size();
      }
      String type =
          isTime
              ? "TIMESTAMP"
              : column.name().equals("dur") ? "DURATION" : column.isNumber() ? "NUMBER" : "STRING";
      columns.add(new HeldTable.Column(column.name(), "", type));
    }
    List<String[]> lines = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    while (lines.size() < ReportTableOutput.MOST_ROWS && rows.next()) {
      String[] line = new String[columns.size()];
      for (int column = 0; column < line.length; column++) {
        String text = rows.textAt(column);
        line[column] = text == null ? "" : text;
      }
      if (timeColumn >= 0) {
        times.add(rows.longAt(timeColumn));
      }
      lines.add(line);
    }
    return new HeldTable(columns, lines, times.stream().mapToLong(Long::longValue).toArray());
  }
}
