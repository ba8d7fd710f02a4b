package dev.rideau.reports.internal.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Intervals on tracks, one below the other.
final class TimelineChart {
  private static final int TRACK = 24;
  private static final int MOST_TRACKS = 60;
  private static final int MOST_COLOURS = 15;
  private static final int MOST_TIPS = 5000;
  private static final int MOST_LETTERS = 30;

  /// States in which nothing happens.
  private static final Set<String> QUIET = Set.of("blocked", "stopped", "unknown");

  /// Below this many pixels neighbours of one colour become one box.
  private static final double NARROW = 0.6;

  /// Up to this many pixels neighbours of any colour become one box: more cannot be seen.
  private static final double NARROW_BOX = 1;

  private TimelineChart() {}

  static String draw(Cells cells, String subtitle) {
    Map<String, Double> weights = new HashMap<>();
    long first = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int row = 0; row < cells.size(); row++) {
      weights.merge(cells.text(row, "color"), cells.number(row, "duration"), Double::sum);
      first = Math.min(first, cells.whole(row, "time"));
      end = Math.max(end, cells.whole(row, "time") + cells.whole(row, "duration"));
    }
    Map<String, Double> busy = busy(cells);
    Map<String, Integer> tracks = shown(busy);
    int letters = 4;
    for (String track : tracks.keySet()) {
      letters = Math.max(letters, Math.min(MOST_LETTERS, track.length()));
    }
    Palette palette = palette(weights);
    double left = 26 + Frame.width(letters);
    int bottom = Frame.TOP + tracks.size() * TRACK;
    int leftOut = busy.size() - tracks.size();
    int legend = Frame.legendHeight(palette.given().keySet(), left) + (leftOut > 0 ? 18 : 0);
    Svg svg = new Svg(Frame.WIDTH, bottom + 40 + legend);
    Frame.titles(svg, cells.report().title(), zero(cells, first) + subtitle);
    Axis across = new Axis(0, end - first, left, Frame.WIDTH - 20 - left);
    tracks.forEach((name, track) -> {
      double y = Frame.TOP + track * TRACK;
      svg.box(left, y + 2, Frame.WIDTH - 20 - left, TRACK - 4, "row");
      svg.text(left - 8, y + 16, "", "end", Frame.shortened(name, MOST_LETTERS));
    });
    Frame.timeward(svg, across, Frame.TOP, bottom);
    boxes(svg, cells, tracks, palette, across, first);
    if (cells.has("next")) {
      edges(svg, cells, tracks, across, first);
    }
    if (leftOut > 0) {
      String text = "and " + leftOut + " more";
      svg.text(left, bottom + 34, "small", "start", text);
    }
    Frame.legend(svg, palette.given(), left, bottom + (leftOut > 0 ? 60 : 42));
    return svg.toString();
  }

  /// How long threads did something in each track, in the order of their first mention. Waiting
  /// does not count, nor does what is no state of a thread.
  private static Map<String, Double> busy(Cells cells) {
    Map<String, Double> busy = new LinkedHashMap<>();
    for (int row = 0; row < cells.size(); row++) {
      String state = cells.text(row, "color");
      boolean counts = Palette.isState(state) && !QUIET.contains(state);
      double weight = counts ? cells.number(row, "duration") : 0;
      busy.merge(cells.name(row, "track"), weight, Double::sum);
    }
    return busy;
  }

  /// The tracks that are drawn and their places: those in which most happened, else the first.
  private static Map<String, Integer> shown(Map<String, Double> busy) {
    List<String> most =
        busy.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(MOST_TRACKS)
            .map(Map.Entry::getKey)
            .toList();
    List<String> inOrder = new ArrayList<>(busy.keySet());
    inOrder.retainAll(Set.copyOf(most));
    Map<String, Integer> tracks = new LinkedHashMap<>();
    Cells.ordered(inOrder).forEach(track -> tracks.put(track, tracks.size()));
    return tracks;
  }

  private static String zero(Cells cells, long first) {
    return "0 is " + cells.time(first);
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
      Svg svg, Cells cells, Map<String, Integer> tracks, Palette palette, Axis across, long first) {
    Map<Integer, Pending> pending = new HashMap<>();
    for (int row = 0; row < cells.size(); row++) {
      Integer track = tracks.get(cells.name(row, "track"));
      if (track == null) {
        continue;
      }
      String name = cells.text(row, "color");
      String colour = palette.given().containsKey(name) ? palette.of(name) : palette.of("others");
      double x = across.at(cells.whole(row, "time") - first);
      double to = across.at(cells.whole(row, "time") - first + cells.whole(row, "duration"));
      Pending before = pending.get(track);
      if (before != null && x - before.to < NARROW && to - before.x < NARROW_BOX) {
        before.add(colour, to);
        continue;
      }
      if (before != null
          && before.isOf(colour)
          && x - before.to < NARROW
          && (to - x < NARROW || before.to - before.x < NARROW)) {
        before.add(colour, to);
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

  /// A box that may still grow. Of several colours it shows the one that takes most of it.
  private static final class Pending {
    private final double x;
    private final String tip;
    private final Map<String, Double> parts = new LinkedHashMap<>();
    private double to;

    private Pending(double x, double to, String colour, String tip) {
      this.x = x;
      this.to = to;
      this.tip = tip;
      parts.put(colour, to - x);
    }

    private boolean isOf(String colour) {
      return parts.size() == 1 && parts.containsKey(colour);
    }

    private void add(String colour, double until) {
      parts.merge(colour, until - to, Double::sum);
      to = Math.max(to, until);
    }

    private void draw(Svg svg, int track) {
      double y = Frame.TOP + track * TRACK;
      String colour =
          parts.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse("");
      svg.box(x, y + 3, Math.max(0.4, to - x), TRACK - 6, colour, tip);
    }
  }

  private static void edges(
      Svg svg, Cells cells, Map<String, Integer> tracks, Axis across, long first) {
    for (int row = 0; row < cells.size(); row++) {
      Integer next = tracks.get(cells.text(row, "next"));
      Integer track = tracks.get(cells.name(row, "track"));
      if (next != null && track != null && !next.equals(track)) {
        double x = across.at(cells.whole(row, "time") - first + cells.whole(row, "duration"));
        int upper = Math.min(track, next);
        int lower = Math.max(track, next);
        svg.line(x, Frame.TOP + (upper + 1) * TRACK - 3, x, Frame.TOP + lower * TRACK + 3, "edge");
      }
    }
  }
}
