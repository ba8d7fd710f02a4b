package dev.rideau.reports.internal.plot;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Intervals on tracks, one below the other.
final class TimelineChart {
  private static final int TRACK = 24;
  private static final int MOST_TRACKS = 100;
  private static final int MOST_COLOURS = 15;
  private static final int MOST_TIPS = 5000;
  private static final int MOST_LETTERS = 30;

  /// Below this many pixels neighbours of one colour become one box.
  private static final double NARROW = 0.6;

  private TimelineChart() {}

  static String draw(Cells cells, String subtitle) {
    Map<String, Integer> tracks = new LinkedHashMap<>();
    Map<String, Double> weights = new HashMap<>();
    long first = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    int letters = 4;
    for (int row = 0; row < cells.size(); row++) {
      String track = cells.text(row, "track");
      tracks.putIfAbsent(track, tracks.size());
      letters = Math.max(letters, Math.min(MOST_LETTERS, track.length()));
      weights.merge(cells.text(row, "color"), cells.number(row, "duration"), Double::sum);
      first = Math.min(first, cells.whole(row, "time"));
      end = Math.max(end, cells.whole(row, "time") + cells.whole(row, "duration"));
    }
    Palette palette = palette(weights);
    double left = 26 + Frame.width(letters);
    int shown = Math.min(tracks.size(), MOST_TRACKS);
    int bottom = Frame.TOP + shown * TRACK;
    int legend = Frame.legendHeight(palette.given().keySet(), left);
    Svg svg = new Svg(Frame.WIDTH, bottom + 40 + legend);
    Frame.titles(svg, cells.report().title(), zero(cells, first) + subtitle);
    Axis across = new Axis(0, cells.size() == 0 ? 1 : end - first, left, Frame.WIDTH - 20 - left);
    tracks.forEach((name, track) -> {
      if (track < shown) {
        double y = Frame.TOP + track * TRACK;
        svg.box(left, y + 2, Frame.WIDTH - 20 - left, TRACK - 4, "row");
        svg.text(left - 8, y + 16, "", "end", Frame.shortened(name, MOST_LETTERS));
      }
    });
    Frame.timeward(svg, across, Frame.TOP, bottom);
    boxes(svg, cells, tracks, palette, across, first, shown);
    if (cells.has("next")) {
      edges(svg, cells, tracks, across, first, shown);
    }
    if (shown < tracks.size()) {
      svg.text(left, bottom + 30, "small", "start", "and " + (tracks.size() - shown) + " more");
    }
    Frame.legend(svg, palette.given(), left, bottom + 42);
    return svg.toString();
  }

  private static String zero(Cells cells, long first) {
    return cells.size() == 0 ? "nothing" : "0 is " + cells.time(first);
  }

  // Only what takes most of the time gets a colour of its own: more cannot be told apart.
  private static Palette palette(Map<String, Double> weights) {
    Palette palette = new Palette();
    weights.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_COLOURS)
        .forEach(each -> palette.of(each.getKey()));
    if (weights.size() > MOST_COLOURS) {
      palette.of("others");
    }
    return palette;
  }

  private static void boxes(
      Svg svg,
      Cells cells,
      Map<String, Integer> tracks,
      Palette palette,
      Axis across,
      long first,
      int shown) {
    Map<Integer, Pending> pending = new HashMap<>();
    for (int row = 0; row < cells.size(); row++) {
      int track = tracks.getOrDefault(cells.text(row, "track"), 0);
      if (track >= shown) {
        continue;
      }
      String name = cells.text(row, "color");
      String colour = palette.given().containsKey(name) ? palette.of(name) : palette.of("others");
      double x = across.at(cells.whole(row, "time") - first);
      double to = across.at(cells.whole(row, "time") - first + cells.whole(row, "duration"));
      Pending before = pending.get(track);
      if (before != null
          && before.colour.equals(colour)
          && x - before.to < NARROW
          && (to - x < NARROW || before.to - before.x < NARROW)) {
        before.to = Math.max(before.to, to);
        continue;
      }
      if (before != null) {
        before.draw(svg, track);
      }
      String tip = cells.size() <= MOST_TIPS ? cells.tip(row) : "";
      pending.put(track, new Pending(x, to, colour, tip));
    }
    pending.forEach((track, box) -> box.draw(svg, track));
  }

  /// A box that may still grow.
  private static final class Pending {
    private final double x;
    private final String colour;
    private final String tip;
    private double to;

    private Pending(double x, double to, String colour, String tip) {
      this.x = x;
      this.to = to;
      this.colour = colour;
      this.tip = tip;
    }

    private void draw(Svg svg, int track) {
      double y = Frame.TOP + track * TRACK;
      svg.box(x, y + 3, Math.max(0.4, to - x), TRACK - 6, colour, tip);
    }
  }

  private static void edges(
      Svg svg, Cells cells, Map<String, Integer> tracks, Axis across, long first, int shown) {
    for (int row = 0; row < cells.size(); row++) {
      Integer next = tracks.get(cells.text(row, "next"));
      int track = tracks.getOrDefault(cells.text(row, "track"), 0);
      if (next != null && next < shown && track < shown && next != track) {
        double x = across.at(cells.whole(row, "time") - first + cells.whole(row, "duration"));
        int upper = Math.min(track, next);
        int lower = Math.max(track, next);
        svg.line(x, Frame.TOP + (upper + 1) * TRACK - 3, x, Frame.TOP + lower * TRACK + 3, "edge");
      }
    }
  }
}
