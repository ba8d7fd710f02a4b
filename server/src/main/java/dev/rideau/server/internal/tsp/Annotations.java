package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.Mark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is worth a look, as annotations: losses, findings, diagnostics and, when a client asks for
/// that set, its bookmarks.
final class Annotations {
  private static final String BOOKMARKS = "Bookmarks";
  private static final Map<String, String> CATEGORIES =
      Map.of("loss", "Losses", "finding", "Findings", "diagnostic", "Diagnostics");
  private static final Map<String, String> COLORS =
      Map.of(
          "Losses",
          "#D55E00",
          "Findings",
          "#E69F00",
          "Diagnostics",
          "#56B4E9",
          BOOKMARKS,
          "#0072B2");

  private Annotations() {}

  static List<String> categories(Experiment experiment, boolean withBookmarks) {
    List<String> categories = new ArrayList<>(List.of("Losses", "Findings", "Diagnostics"));
    if (withBookmarks) {
      categories.add(BOOKMARKS);
    }
    return categories;
  }

  /// Annotations by category.
  ///
  /// @param wanted categories; empty for all
  static Map<String, Object> in(
      Experiment experiment,
      Range range,
      List<String> wanted,
      boolean withBookmarks,
      Cancel cancel) {
    Map<String, List<Object>> found = new LinkedHashMap<>();
    for (String category : categories(experiment, withBookmarks)) {
      if (wanted.isEmpty() || wanted.contains(category)) {
        found.put(category, new ArrayList<>());
      }
    }
    for (Mark mark : marks(experiment, range, cancel)) {
      add(found, category(mark), mark.beginNs(), mark.endNs(), mark.text());
    }
    for (Experiment.Bookmark each : experiment.bookmarks().values()) {
      if (each.endNs() >= range.beginNs() && each.beginNs() <= range.endNs()) {
        add(found, BOOKMARKS, each.beginNs(), each.endNs(), each.name());
      }
    }
    return Map.copyOf(found);
  }

  private static List<Mark> marks(Experiment experiment, Range range, Cancel cancel) {
    TimeRange asked = new TimeRange(range.beginNs(), Math.max(range.endNs(), range.beginNs() + 1));
    return experiment.source().marks().in(asked, cancel);
  }

  private static String category(Mark mark) {
    return CATEGORIES.getOrDefault(mark.kind(), "Diagnostics");
  }

  private static void add(
      Map<String, List<Object>> found, String category, long begin, long end, String text) {
    List<Object> annotations = found.get(category);
    if (annotations != null) {
      annotations.add(
          JsonTree.object(
              "time",
              begin,
              "duration",
              end - begin,
              "entryId",
              -1,
              "type",
              "CHART",
              "label",
              text,
              "style",
              Entries.style(null, JsonTree.object("color", COLORS.get(category), "opacity", 0.3))));
    }
  }

  /// What is known of the annotations at a time.
  static Map<String, String> tooltip(
      Experiment experiment, long begin, long duration, Cancel cancel) {
    Map<String, String> tooltip = new LinkedHashMap<>();
    for (Mark mark : marks(experiment, new Range(begin, begin + duration, 0), cancel)) {
      if (mark.beginNs() == begin && mark.endNs() - mark.beginNs() == duration) {
        tooltip.put(category(mark), mark.text());
      }
    }
    tooltip.put("Begin", TspText.time(begin));
    tooltip.put("Duration", TspText.duration(duration));
    return tooltip;
  }
}
