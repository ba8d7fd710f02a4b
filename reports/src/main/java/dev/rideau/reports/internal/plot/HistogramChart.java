package dev.rideau.reports.internal.plot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// How many values fell into each class; classes have the same width whatever they span.
final class HistogramChart {
  private static final int HEIGHT = 300;
  private static final double LEFT = 80;

  private HistogramChart() {}

  static String draw(Cells cells, String subtitle) {
    Palette palette = new Palette();
    TreeMap<Long, Map<String, Long>> counts = new TreeMap<>();
    TreeMap<Long, Long> ends = new TreeMap<>();
    for (int row = 0; row < cells.size(); row++) {
      String name = cells.has("series") ? cells.text(row, "series") : "";
      palette.of(name);
      long from = cells.whole(row, "from");
      ends.put(from, cells.whole(row, "to"));
      counts
          .computeIfAbsent(from, _ -> new LinkedHashMap<>())
          .merge(name, cells.whole(row, "count"), Long::sum);
    }
    fillGaps(counts, ends);
    long most = 0;
    for (Map<String, Long> each : counts.values()) {
      most = Math.max(most, each.values().stream().mapToLong(Long::longValue).sum());
    }
    int bottom = Frame.TOP + HEIGHT;
    double right = Frame.WIDTH - 20;
    int legend = cells.has("series") ? Frame.legendHeight(palette.given().keySet(), LEFT) : 0;
    Svg svg = new Svg(Frame.WIDTH, bottom + 36 + legend);
    Frame.titles(svg, cells.report().title(), cells.title("count") + subtitle);
    Axis up = Axis.toRound(most, bottom, -HEIGHT, 6);
    Frame.upward(svg, up, cells.unit("count"), cells.values(), LEFT, right);
    double slot = Math.min(120, (right - LEFT) / Math.max(1, counts.size()));
    double x = LEFT;
    int labelEvery = (int) Math.ceil(52 / slot);
    int index = 0;
    for (Map.Entry<Long, Map<String, Long>> each : counts.entrySet()) {
      double y = bottom;
      for (Map.Entry<String, Long> part : each.getValue().entrySet()) {
        double height = bottom - up.at(part.getValue());
        y -= height;
        String range =
            Axis.label(cells.unit("from"), each.getKey(), cells.values())
                + " to "
                + Axis.label(
                    cells.unit("to"), ends.getOrDefault(each.getKey(), 0L), cells.values());
        String name = part.getKey().isEmpty() ? "" : part.getKey() + "\n";
        String tip = name + range + "\n" + part.getValue();
        svg.box(x + 1, y, slot - 2, height, palette.of(part.getKey()), tip);
      }
      if (index++ % labelEvery == 0) {
        svg.text(
            x,
            bottom + 16,
            "small",
            "middle",
            Axis.label(cells.unit("from"), each.getKey(), cells.values()));
      }
      x += slot;
    }
    if (!ends.isEmpty()) {
      long end = ends.lastEntry().getValue();
      svg.text(
          x, bottom + 16, "small", "middle", Axis.label(cells.unit("to"), end, cells.values()));
    }
    svg.line(LEFT, bottom, right, bottom, "axis");
    if (legend > 0) {
      Frame.legend(svg, palette.given(), LEFT, bottom + 40);
    }
    return svg.toString();
  }

  // An empty class stands for whatever lies between two classes that do not touch.
  private static void fillGaps(TreeMap<Long, Map<String, Long>> counts, TreeMap<Long, Long> ends) {
    for (Map.Entry<Long, Long> each : Map.copyOf(ends).entrySet()) {
      Long next = counts.higherKey(each.getKey());
      if (next != null && next > each.getValue()) {
        counts.put(each.getValue(), Map.of());
        ends.put(each.getValue(), next);
      }
    }
  }
}
