package dev.rideau.reports.internal.plot;

import dev.rideau.reports.PlotHint;
import dev.rideau.reports.Report;
import dev.rideau.reports.ValueText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the form of a picture.
public final class Drawing {
  private Drawing() {}

  public static String svg(
      Report report, PlotHint plot, List<@Nullable Object[]> rows, ValueText values, String about) {
    Cells cells = new Cells(report, plot, rows, values);
    String subtitle = about.isEmpty() ? "" : ", " + about;
    return switch (plot.kind()) {
      case BAR -> BarChart.draw(cells, subtitle);
      case LINE -> OverTimeChart.draw(cells, subtitle, false);
      case AREA -> OverTimeChart.draw(cells, subtitle, true);
      case HISTOGRAM -> HistogramChart.draw(cells, subtitle);
      case TIMELINE -> TimelineChart.draw(cells, subtitle);
    };
  }
}
