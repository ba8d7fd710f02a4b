package dev.rideau.reports.internal.plot;

/// A bar for each row, one below the other.
final class BarChart {
  private static final int BAR = 22;
  private static final int MOST_BARS = 60;
  private static final int MOST_LETTERS = 48;

  private BarChart() {}

  static String draw(Cells cells, String subtitle) {
    int bars = Math.min(cells.size(), MOST_BARS);
    Palette palette = new Palette();
    double most = 0;
    int letters = 4;
    for (int row = 0; row < bars; row++) {
      most = Math.max(most, cells.number(row, "value"));
      letters = Math.max(letters, Math.min(MOST_LETTERS, label(cells, row).length()));
      if (cells.has("series")) {
        palette.of(cells.text(row, "series"));
      }
    }
    double left = Math.min(420, 30 + Frame.width(letters));
    int legend = cells.has("series") ? Frame.legendHeight(palette.given().keySet(), left) : 0;
    int bottom = Frame.TOP + bars * BAR;
    Svg svg = new Svg(Frame.WIDTH, bottom + 44 + legend);
    Frame.titles(svg, cells.report().title(), cells.title("value") + subtitle);
    Axis axis = Axis.toRound(most, left, Frame.WIDTH - 120 - left, 6);
    for (double tick : axis.ticks(6)) {
      svg.line(axis.at(tick), Frame.TOP - 4, axis.at(tick), bottom, "grid");
      svg.text(
          axis.at(tick),
          bottom + 16,
          "small",
          "middle",
          Axis.label(cells.unit("value"), tick, cells.values()));
    }
    for (int row = 0; row < bars; row++) {
      double y = Frame.TOP + row * BAR;
      double value = Math.max(0, cells.number(row, "value"));
      String colour = palette.of(cells.has("series") ? cells.text(row, "series") : "");
      String label = Frame.shortened(label(cells, row), MOST_LETTERS);
      svg.text(left - 8, y + 15, "", "end", label);
      svg.box(left, y + 3, Math.max(1, axis.at(value) - left), BAR - 7, colour, cells.tip(row));
      svg.text(axis.at(value) + 6, y + 15, "small", "start", cells.text(row, "value"));
    }
    svg.line(left, Frame.TOP - 4, left, bottom, "axis");
    if (bars < cells.size()) {
      svg.text(left, bottom + 32, "small", "start", "and " + (cells.size() - bars) + " more");
    }
    if (legend > 0) {
      Frame.legend(svg, palette.given(), left, bottom + 40);
    }
    return svg.toString();
  }

  private static String label(Cells cells, int row) {
    String label = cells.name(row, "label");
    return label.isEmpty() ? "(none)" : label;
  }
}
