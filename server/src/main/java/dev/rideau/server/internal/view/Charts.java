package dev.rideau.server.internal.view;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportColumn;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values over time: of reports that are drawn as lines or areas, and the use of CPUs by rows of
/// the timeline. Thread-safe.
public final class Charts {
  private static final int MOST_BINS = 4000;

  private final OpenTrace trace;
  private final Tables tables;

  Charts(OpenTrace trace, Tables tables) {
    this.trace = trace;
    this.tables = tables;
  }

  /// The reports that are charts.
  public static List<Report> list(ReportCatalog catalog) {
    return catalog.all().reports().stream().filter(Charts::isChart).toList();
  }

  /// Whether a report is drawn over time.
  public static boolean isChart(Report report) {
    PlotHint plot = report.plot();
    return plot != null && (plot.kind() == PlotHint.Kind.LINE || plot.kind() == PlotHint.Kind.AREA);
  }

  /// The unit of the values of such a report.
  public static ColumnUnit unit(Report report) {
    return value(report).unit();
  }

  /// The column of its values.
  public static ReportColumn value(Report report) {
    return report.columns().get(column(report, "value"));
  }

  private static int column(Report report, String role) {
    PlotHint plot = report.plot();
    String name = plot == null ? null : plot.column(role);
    return name == null ? -1 : report.indexOf(name);
  }

  /// Asks a report with a value for each of about `window.pixels()` parts. Of several machines,
  /// series begin with the name of theirs.
  ///
  /// @param host number of the machine, null for all
  public XY ask(
      Report report,
      Window window,
      Map<String, String> parameters,
      @Nullable Integer host,
      Cancel cancel) {
    if (!isChart(report)) {
      throw HttpFailure.unknown("report " + report.name() + " is no chart");
    }
    if (window.pixels() > MOST_BINS) {
      throw HttpFailure.bad("'bins' must be 1 to " + MOST_BINS);
    }
    Map<String, String> all = new HashMap<>(parameters);
    if (report.parameter("bins") != null) {
      all.put("bins", Integer.toString(window.pixels()));
    }
    TimeRange range = new TimeRange(window.beginNs(), window.endNs());
    // Parts of the time are the same of each machine.
    TableAnswer answer =
        tables.ask(new Question(report, all, range, host), Tables.MOST_ROWS, false, cancel);
    return pivot(report, answer);
  }

  private static XY pivot(Report report, TableAnswer answer) {
    int time = column(report, answer, "time");
    int value = column(report, answer, "value");
    int series = column(report, answer, "series");
    boolean hasHosts = answer.columns().getFirst().equals(Tables.HOST);
    long[] times =
        answer.rows().stream().mapToLong(row -> number(row[time])).sorted().distinct().toArray();
    Map<String, double[]> lines = new LinkedHashMap<>();
    PlotHint plot = report.plot();
    boolean isArea = plot != null && plot.kind() == PlotHint.Kind.AREA;
    for (@Nullable Object[] row : answer.rows()) {
      String name = series < 0 ? report.title() : String.valueOf(row[series]);
      if (hasHosts) {
        name = series < 0 ? String.valueOf(row[0]) : row[0] + ": " + name;
      }
      double[] line =
          lines.computeIfAbsent(
              name,
              _ -> {
                double[] empty = new double[times.length];
                Arrays.fill(empty, isArea ? 0 : Double.NaN);
                return empty;
              });
      int at = Arrays.binarySearch(times, number(row[time]));
      if (row[value] instanceof Number number) {
        line[at] = number.doubleValue();
      }
    }
    List<XY.Series> all =
        lines.entrySet().stream()
            .map(line -> new XY.Series(line.getKey(), line.getValue()))
            .toList();
    return new XY(report.title(), unit(report).text(), times, all, answer.missing());
  }

  // The column that plays a role; -1 for none.
  private static int column(Report report, TableAnswer answer, String role) {
    int of = column(report, role);
    return of < 0 ? -1 : answer.columns().indexOf(report.columns().get(of));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  /// How much of one CPU a row of the timeline used, in percent: more than 100 of a process whose
  /// threads run at once.
  public XY usage(int row, Window window) {
    double[] busy = trace.timeline().busy(row, window);
    double width = window.pixelNs();
    long[] times = new long[busy.length];
    for (int i = 0; i < busy.length; i++) {
      times[i] = window.beginNs() + Math.round(i * width);
      busy[i] = 100 * busy[i] / width;
    }
    String name = trace.timeline().row(row).name();
    return new XY("CPU use", "%", times, List.of(new XY.Series(name, busy)), List.of());
  }
}
