package dev.rideau.reports;

import dev.rideau.reports.internal.plot.Drawing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pictures of answers.
public final class ReportPlot {
  private ReportPlot() {}

  /// Draws rows as the header of their report hints.
  ///
  /// @param values how numbers are written
  /// @param about a few words below the title: which trace, which time
  /// @return SVG
  /// @throws ReportException when the report has no hint
  public static String svg(
      Report report, List<@Nullable Object[]> rows, ValueText values, String about) {
    PlotHint plot = report.plot();
    if (plot == null) {
      throw new ReportException(
          "report " + report.name() + " cannot be drawn", "its header has no 'plot'");
    }
    return Drawing.svg(report, plot, rows, values, about);
  }
}
