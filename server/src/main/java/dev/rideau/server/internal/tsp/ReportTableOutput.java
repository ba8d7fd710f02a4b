package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportColumn;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.Question;
import dev.rideau.server.internal.view.TableAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of a report over the whole trace, asked once. Any thread may ask.
final class ReportTableOutput implements Output.Table {
  /// Rows of a table that clients scroll through.
  static final int MOST_ROWS = 10_000;

  private final OpenTrace source;
  private final Report report;
  private final Descriptor descriptor;
  private final Map<String, String> arguments;
  private @Nullable HeldTable table;

  /// @param arguments values of parameters; the others have those of the report
  ReportTableOutput(
      OpenTrace source, Report report, Descriptor descriptor, Map<String, String> arguments) {
    this.source = source;
    this.report = report;
    this.descriptor = descriptor;
    this.arguments = arguments;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public List<Report.Need> needs() {
    return report.needs();
  }

  @Override
  public int width(Cancel cancel) {
    return source.tables().columns(report).size();
  }

  @Override
  public Object columns(Cancel cancel) {
    return HeldTable.model(columns());
  }

  private List<HeldTable.Column> columns() {
    List<HeldTable.Column> columns = new ArrayList<>();
    for (ReportColumn each : source.tables().columns(report)) {
      columns.add(new HeldTable.Column(each.title(), each.sentence(), type(each.unit())));
    }
    return columns;
  }

  /// What the protocol calls the values of a unit.
  static String type(ColumnUnit unit) {
    return switch (unit) {
      case TEXT, FLAG -> "STRING";
      case TIME -> "TIMESTAMP";
      case NANOSECONDS -> "DURATION";
      case BYTES -> "BINARY_NUMBER";
      default -> "NUMBER";
    };
  }

  @Override
  public Object lines(TableRequest request, Cancel cancel) {
    return table(cancel).lines(request, cancel);
  }

  private synchronized HeldTable table(Cancel cancel) {
    HeldTable known = table;
    if (known == null) {
      Map<String, String> values = new HashMap<>(arguments);
      if (report.parameter("limit") != null) {
        values.putIfAbsent("limit", Integer.toString(MOST_ROWS));
      }
      Question question = new Question(report, values, source.span(), null);
      known = held(source.tables().ask(question, MOST_ROWS, cancel));
      table = known;
    }
    return known;
  }

  private HeldTable held(TableAnswer answer) {
    List<ReportColumn> columns = answer.columns();
    int timeColumn = -1;
    for (int column = columns.size() - 1; column >= 0; column--) {
      timeColumn = columns.get(column).unit() == ColumnUnit.TIME ? column : timeColumn;
    }
    long[] times = new long[timeColumn < 0 ? 0 : answer.rows().size()];
    List<String[]> lines = new ArrayList<>();
    for (@Nullable Object[] row : answer.rows()) {
      String[] line = new String[row.length];
      for (int column = 0; column < row.length; column++) {
        line[column] = TspText.VALUES.of(columns.get(column).unit(), row[column]);
      }
      if (timeColumn >= 0 && row[timeColumn] instanceof Number ts) {
        times[lines.size()] = ts.longValue();
      }
      lines.add(line);
    }
    return new HeldTable(columns(), lines, times);
  }
}
