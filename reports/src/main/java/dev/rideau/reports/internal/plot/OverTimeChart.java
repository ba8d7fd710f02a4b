package dev.rideau.reports.internal.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Values over time, each from its time until the next: as lines, or as areas one upon the other.
final class OverTimeChart {
  private static final int HEIGHT = 320;
  private static final double LEFT = 90;

  private OverTimeChart() {}

  static String draw(Cells cells, String subtitle, boolean isStacked) {
    Map<String, TreeMap<Long, Double>> series = new LinkedHashMap<>();
    TreeMap<Long, Double> sums = new TreeMap<>();
    Palette palette = new Palette();
    double least = 0;
    double most = 0;
    for (int row = 0; row < cells.size(); row++) {
      String name = cells.has("series") ? cells.text(row, "series") : cells.title("value");
      double value = cells.number(row, "value");
      long time = cells.whole(row, "time");
      series.computeIfAbsent(name, _ -> new TreeMap<>()).put(time, value);
      most = Math.max(most, isStacked ? sums.merge(time, value, Double::sum) : value);
      least = Math.min(least, value);
      sums.putIfAbsent(time, 0.0);
    }
    List<String> names = Cells.ordered(series.keySet());
    names.forEach(palette::of);
    double right = Frame.WIDTH - 20;
    int bottom = Frame.TOP + HEIGHT;
    int legend = Frame.legendHeight(palette.given().keySet(), LEFT);
    Svg svg = new Svg(Frame.WIDTH, bottom + 36 + legend);
    Frame.titles(svg, cells.report().title(), cells.title("value") + subtitle);
    long first = sums.isEmpty() ? 0 : sums.firstKey();
    long last = sums.isEmpty() ? 1 : sums.lastKey();
    // The last value holds as long as the one before it.
    long tail = sums.size() < 2 ? 1 : last - sums.lowerKey(last);
    Axis across = new Axis(0, last - first + tail, LEFT, right - LEFT);
    Axis up = Axis.between(least, most, bottom, -HEIGHT, 6);
    Frame.upward(svg, up, cells.unit("value"), cells.values(), LEFT, right);
    Frame.timeward(svg, across, Frame.TOP, bottom);
    if (least < 0) {
      svg.line(LEFT, up.at(0), right, up.at(0), "axis");
    }
    TreeMap<Long, Double> base = new TreeMap<>();
    for (String name : names) {
      TreeMap<Long, Double> points = series.getOrDefault(name, new TreeMap<>());
      if (isStacked) {
        area(svg, points, base, first, last + tail, across, up, palette.of(name));
      } else {
        line(svg, points, first, last + tail, across, up, palette.of(name));
      }
    }
    if (cells.has("series")) {
      Frame.legend(svg, palette.given(), LEFT, bottom + 40);
    }
    return svg.toString();
  }

  private static void line(
      Svg svg,
      TreeMap<Long, Double> points,
      long first,
      long end,
      Axis across,
      Axis up,
      String colour) {
    StringBuilder path = new StringBuilder();
    points.forEach((time, value) -> {
      String y = Svg.number(up.at(value));
      if (path.isEmpty()) {
        path.append('M').append(Svg.number(across.at(time - first))).append(' ').append(y);
      } else {
        path.append('H').append(Svg.number(across.at(time - first))).append('V').append(y);
      }
    });
    path.append('H').append(Svg.number(across.at(end - first)));
    svg.path(path.toString(), "fill=\"none\" stroke-width=\"1.7\" stroke=\"" + colour + "\"");
  }

  private static void area(
      Svg svg,
      TreeMap<Long, Double> points,
      TreeMap<Long, Double> base,
      long first,
      long end,
      Axis across,
      Axis up,
      String colour) {
    StringBuilder over = new StringBuilder();
    StringBuilder under = new StringBuilder();
    Long[] times = points.keySet().toArray(Long[]::new);
    for (int i = 0; i < times.length; i++) {
      long time = times[i];
      long next = i + 1 < times.length ? times[i + 1] : end;
      double low = base.getOrDefault(time, 0.0);
      double high = low + points.getOrDefault(time, 0.0);
      base.put(time, high);
      String x = Svg.number(across.at(time - first));
      String to = Svg.number(across.at(next - first));
      over.append(i == 0 ? 'M' : 'L').append(x).append(' ').append(Svg.number(up.at(high)));
      over.append('H').append(to);
      under.insert(0, "L" + to + " " + Svg.number(up.at(low)) + "H" + x);
    }
    svg.path(over + under.toString() + "Z", "fill=\"" + colour + "\"");
  }
}
