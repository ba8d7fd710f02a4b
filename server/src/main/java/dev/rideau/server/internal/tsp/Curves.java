package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A chart in the making: curves, points or bars.
final class Curves {
  // Eight colours that stay apart for people who cannot tell red from green.
  private static final String[] COLORS = {
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C510A", "#555555"
  };

  private final String title;
  private final Kind kind;
  private final List<Object> series = new ArrayList<>();

  /// How clients draw it.
  enum Kind {
    LINE("line"),
    AREA("area"),
    SCATTER("scatter"),
    BAR("bar");

    private final String key;

    Kind(String key) {
      this.key = key;
    }
  }

  /// What an axis shows.
  ///
  /// @param type in the words of the protocol
  record Axis(String label, String unit, String type) {
    static final Axis TIME = new Axis("Time", "ns", "TIMESTAMP");

    static Axis of(String label, ColumnUnit unit) {
      return switch (unit) {
        case NANOSECONDS -> new Axis(label, "ns", "DURATION");
        case TIME -> new Axis(label, "ns", "TIMESTAMP");
        case BYTES, BYTES_PER_SECOND -> new Axis(label, unit.text(), "BINARY_NUMBER");
        case COUNT, NUMBER, ID, TEXT, FLAG -> new Axis(label, "", "NUMBER");
        default -> new Axis(label, unit.text(), "NUMBER");
      };
    }

    Object model() {
      return JsonTree.object("label", label, "unit", unit, "dataType", type);
    }
  }

  Curves(String title, Kind kind) {
    this.title = title;
    this.kind = kind;
  }

  /// A curve over time.
  void add(long id, String name, long[] times, double[] values, Axis axis) {
    add(id, name, "xValues", times, values, Axis.TIME, axis);
  }

  /// Bars over ranges of something: `[from, to]` pairs.
  void addRanges(long id, String name, long[] bounds, double[] values, Axis x, Axis y) {
    List<Object> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(JsonTree.object("start", bounds[i], "end", bounds[i + 1]));
    }
    add(id, name, "xRanges", ranges, values, x, y);
  }

  private void add(
      long id, String name, String xName, Object xValues, double[] values, Axis x, Axis y) {
    series.add(
        JsonTree.object(
            "seriesId",
            id,
            "seriesName",
            name,
            xName,
            xValues,
            "yValues",
            values,
            "xValuesDescription",
            x.model(),
            "yValuesDescription",
            y.model(),
            "style",
            Entries.style(null, values(kind, id))));
  }

  private static Map<String, Object> values(Kind kind, long id) {
    String color = COLORS[Math.floorMod(id, COLORS.length)];
    Map<String, Object> values =
        JsonTree.object("series-type", kind.key, "color", color, "width", 1);
    values.put("series-style", kind == Kind.SCATTER ? "none" : "solid");
    if (kind == Kind.SCATTER) {
      values.put("symbol-type", "circle");
    }
    return values;
  }

  /// The same in a tree, so that its legend shows the colour of the curve.
  static Map<String, Object> style(Kind kind, long id) {
    return Entries.style(null, values(kind, id));
  }

  Map<String, Object> model() {
    return JsonTree.object("title", title, "series", series);
  }

  /// Begins of equal parts of a range.
  static long[] times(long beginNs, long widthNs, int count) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = beginNs + i * widthNs;
    }
    return times;
  }
}
