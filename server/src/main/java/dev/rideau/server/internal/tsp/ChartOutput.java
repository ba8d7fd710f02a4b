package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportColumn;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A report that draws lines or areas over time. Its curves are known when it has answered, so each
/// name gets an id, from 1, when it is first seen. Any thread may ask.
final class ChartOutput implements Output.Xy {
  private static final int PARTS_OF_TREE = 60;
  private static final int USUAL_PARTS = 200;
  private static final int MOST_PARTS = 2000;

  private final OpenTrace source;
  private final Report report;
  private final Descriptor descriptor;
  private final Map<String, String> arguments;
  private final Map<String, Long> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  ChartOutput(
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

  private Curves.Kind kind() {
    PlotHint plot = report.plot();
    return plot != null && plot.kind() == PlotHint.Kind.AREA ? Curves.Kind.AREA : Curves.Kind.LINE;
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Range asked =
        range == null ? new Range(source.span().beginNs(), source.span().endNs(), 0) : range;
    Entries tree = new Entries().header("Name", "", DataType.STRING);
    for (String name : ask(asked, PARTS_OF_TREE, cancel).keySet()) {
      long id = id(name);
      Map<String, Object> entry = tree.add(id, -1, true, List.of(name));
      entry.put("isDefault", true);
      entry.put("style", Curves.style(kind(), id));
    }
    return tree.model();
  }

  private synchronized long id(String name) {
    return ids.computeIfAbsent(
        name,
        added -> {
          names.add(added);
          return (long) names.size();
        });
  }

  /// Values by time, by name of the curve.
  private Map<String, TreeMap<Long, Double>> ask(Range range, int parts, Cancel cancel) {
    Map<String, String> values = new HashMap<>(arguments);
    if (report.parameter("bins") != null) {
      values.put("bins", Integer.toString(parts));
    }
    int time = role("time");
    int value = role("value");
    int series = role("series");
    Map<String, TreeMap<Long, Double>> curves = new LinkedHashMap<>();
    for (@Nullable Object[] row : Facts.report(source, report, values, range, cancel)) {
      String name = series < 0 ? report.columns().get(value).title() : String.valueOf(row[series]);
      if (row[time] instanceof Number ts) {
        double number = row[value] instanceof Number given ? given.doubleValue() : 0;
        curves
            .computeIfAbsent(name, _ -> new TreeMap<>())
            .merge(ts.longValue(), number, Double::sum);
      }
    }
    return curves;
  }

  // Column that plays a role; -1 for none.
  private int role(String role) {
    PlotHint plot = report.plot();
    String column = plot == null ? null : plot.column(role);
    return column == null ? -1 : report.indexOf(column);
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    int parts = range.count() == 0 ? USUAL_PARTS : Math.min(range.count(), MOST_PARTS);
    ReportColumn column = report.columns().get(role("value"));
    Curves chart = new Curves(report.title(), kind());
    ask(range, parts, cancel)
        .forEach((name, points) -> {
          long id = id(name);
          if (items.contains(id)) {
            long[] times = points.keySet().stream().mapToLong(Long::longValue).toArray();
            double[] values = points.values().stream().mapToDouble(Double::doubleValue).toArray();
            chart.add(id, name, times, values, axis(column, values));
          }
        });
    return chart.model();
  }

  private static Axis axis(ReportColumn column, double[] values) {
    if (column.unit() == ColumnUnit.KILOHERTZ) {
      Arrays.setAll(values, i -> values[i] * 1000);
      return new Axis(column.title(), "Hz", "NUMBER");
    }
    return Axis.of(column.title(), column.unit());
  }
}
