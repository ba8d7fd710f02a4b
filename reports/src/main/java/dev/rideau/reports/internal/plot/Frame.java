package dev.rideau.reports.internal.plot;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.reports.ValueText;
import java.util.Map;

/// What stands around every picture: titles, axes, legend.
final class Frame {
  static final int WIDTH = 960;
  static final int TOP = 62;
  private static final int LEGEND_ROW = 18;
  private static final double LETTER = 6.9;

  private Frame() {}

  static void titles(Svg svg, String title, String subtitle) {
    svg.text(20, 28, "title", "start", title);
    svg.text(20, 47, "small", "start", subtitle);
  }

  /// Labels and lines across for an axis that goes up.
  static void upward(
      Svg svg, Axis axis, ColumnUnit unit, ValueText values, double left, double right) {
    for (double tick : axis.ticks(6)) {
      double y = axis.at(tick);
      svg.line(left, y, right, y, "grid");
      svg.text(left - 8, y + 4, "small", "end", Axis.label(unit, tick, values));
    }
  }

  /// Labels and lines down for times since the begin of the picture.
  static void timeward(Svg svg, Axis axis, double top, double bottom) {
    for (double tick : axis.ticks(8)) {
      double x = axis.at(tick);
      svg.line(x, top, x, bottom, "grid");
      String label = tick == 0 ? "0" : "+" + Axis.label(ColumnUnit.TIME, tick, NO_TIMES);
      svg.text(x, bottom + 16, "small", "middle", label);
    }
    svg.line(axis.at(0), bottom, svg.width() - 20, bottom, "axis");
  }

  private static final ValueText NO_TIMES = new ValueText(Long::toString);

  /// Number of rows that a legend takes.
  static int legendHeight(Iterable<String> names, double left) {
    double x = left;
    int rows = 1;
    for (String name : names) {
      double width = 20 + legendName(name).length() * LETTER + 14;
      if (x + width > WIDTH - 20 && x > left) {
        rows++;
        x = left;
      }
      x += width;
    }
    return rows * LEGEND_ROW;
  }

  static void legend(Svg svg, Map<String, String> colours, double left, double top) {
    double x = left;
    double y = top;
    for (Map.Entry<String, String> entry : colours.entrySet()) {
      String name = legendName(entry.getKey());
      double width = 20 + name.length() * LETTER + 14;
      if (x + width > WIDTH - 20 && x > left) {
        y += LEGEND_ROW;
        x = left;
      }
      svg.box(x, y - 9, 12, 12, entry.getValue(), "");
      svg.text(x + 18, y + 1, "", "start", name);
      x += width;
    }
  }

  private static String legendName(String name) {
    return name.isEmpty() ? "(none)" : shortened(name, 40);
  }

  /// Room that labels of so many letters need.
  static double width(int letters) {
    return letters * LETTER;
  }

  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
