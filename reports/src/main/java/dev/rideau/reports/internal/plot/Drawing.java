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
    if (rows.isEmpty()) {
      return nothing(report, subtitle);
    }
    return switch (plot.kind()) {
      case BAR -> BarChart.draw(cells, subtitle);
      case LINE -> OverTimeChart.draw(cells, subtitle, false);
      case AREA -> OverTimeChart.draw(cells, subtitle, true);
      case HISTOGRAM -> HistogramChart.draw(cells, subtitle);
      case TIMELINE -> TimelineChart.draw(cells, subtitle);
    };
  }

  // Axes without values would look as if there were values, all of them zero.
  private static String nothing(Report report, String subtitle) {
    Svg svg = new Svg(Frame.WIDTH, Frame.TOP + 60);
    Frame.titles(svg, report.title(), "nothing" + subtitle);
    svg.text(Frame.WIDTH / 2.0, Frame.TOP + 30, "small", "middle", "Nothing of this was recorded.");
    return svg.toString();
  }
}
