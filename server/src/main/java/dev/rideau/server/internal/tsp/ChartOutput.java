package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportColumn;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.Charts;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.Window;
import dev.rideau.server.internal.view.XY;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    Range asked = Range.orAll(range, source);
    Entries tree = new Entries().header("Name", "", DataType.STRING);
    for (XY.Series series : ask(asked, PARTS_OF_TREE, cancel).series()) {
      String name = series.name();
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

  private XY ask(Range range, int parts, Cancel cancel) {
    long end = Math.max(range.endNs(), range.beginNs() + 1);
    Window window = new Window(range.beginNs(), end, parts);
    return source.charts().ask(report, window, arguments, null, cancel);
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    int parts = range.count() == 0 ? USUAL_PARTS : Math.min(range.count(), MOST_PARTS);
    Curves chart = new Curves(report.title(), kind());
    XY answer = ask(range, parts, cancel);
    for (XY.Series series : answer.series()) {
      long id = id(series.name());
      if (items.contains(id)) {
        int[] known =
            IntStream.range(0, answer.times().length)
                .filter(i -> !Double.isNaN(series.values()[i]))
                .toArray();
        long[] times = IntStream.of(known).mapToLong(i -> answer.times()[i]).toArray();
        double[] values = IntStream.of(known).mapToDouble(i -> series.values()[i]).toArray();
        chart.add(id, series.name(), times, values, axis(values));
      }
    }
    return chart.model();
  }

  private Axis axis(double[] values) {
    ReportColumn column = Charts.value(report);
    if (column.unit() == ColumnUnit.KILOHERTZ) {
      Arrays.setAll(values, i -> values[i] * 1000);
      return new Axis(column.title(), "Hz", "NUMBER");
    }
    return Axis.of(column.title(), column.unit());
  }
}
