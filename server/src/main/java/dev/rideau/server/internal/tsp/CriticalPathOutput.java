package dev.rideau.server.internal.tsp;

import dev.rideau.reports.FactSource;
import dev.rideau.reports.Report;
import dev.rideau.reports.ReportCatalog;
import dev.rideau.reports.ReportException;
import dev.rideau.reports.ReportRunner;
import dev.rideau.reports.ReportRunner.TimeRange;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.RowKind;
import dev.rideau.server.internal.view.TimelineRow;
import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What explains the time that a thread took: its critical path, a row for each thread on it. Found
/// once for the whole trace. Ids of entries are those of rows of the timeline plus 1; 0 is the path
/// itself. Any thread may ask.
final class CriticalPathOutput implements Output.TimeGraph {
  /// What users say to get the path of another thread.
  static final ConfigurationType TYPE =
      new ConfigurationType(
          "critical-path",
          "Critical path of a thread",
          "The critical path of another thread than the one that ran most.",
          List.of(
              new ConfigurationType.Parameter(
                  "utid",
                  "Number of the thread in the table thread, which trees tell as metadata.",
                  "NUMBER",
                  false),
              new ConfigurationType.Parameter(
                  "tid",
                  "The kernel's id of the thread; one of those that had it.",
                  "NUMBER",
                  false),
              new ConfigurationType.Parameter(
                  "proc", "Name of the process or thread.", "STRING", false)));

  private static final Map<String, String> COLORS =
      Map.of(
          "running", "#009E73",
          "runnable", "#E69F00",
          "disk", "#8C510A",
          "timer", "#C7C7C7",
          "network", "#5AB4AC",
          "interrupt", "#7F3C8D",
          "blocked", "#B35806",
          "stopped", "#F0E442",
          "unknown", "#DDDDDD");

  private final OpenTrace source;
  private final ReportCatalog catalog;
  private final Descriptor descriptor;
  private final Map<String, String> arguments;
  private @Nullable Path path;

  /// A piece of the path.
  ///
  /// @param entry of the thread that ran or waited, 0 where it has no row
  /// @param wakes entry of the thread that goes on, 0 for the same
  private record Piece(
      long beginNs, long endNs, long entry, String kind, String text, long wakes) {}

  private record Path(List<Piece> pieces, Map<Long, Long> times) {}

  /// @param arguments which thread, as parameters of the report `critical-path`
  CriticalPathOutput(
      OpenTrace source,
      ReportCatalog catalog,
      Descriptor descriptor,
      Map<String, String> arguments) {
    this.source = source;
    this.catalog = catalog;
    this.descriptor = descriptor;
    this.arguments = arguments;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public List<Report.Need> needs() {
    return catalog.named("critical-path").needs();
  }

  @Override
  public Map<String, Object> styles() {
    Map<String, Object> styles = new LinkedHashMap<>();
    COLORS.forEach((kind, color) ->
        styles.put(
            kind,
            Entries.style(
                null,
                JsonTree.object(
                    "style-name",
                    kind,
                    "background-color",
                    color,
                    "height",
                    kind.equals("running") ? 1.0 : 0.6,
                    "opacity",
                    1.0))));
    styles.put(
        "arrow-wakeup",
        Entries.style(
            null, JsonTree.object("style-name", "Wakeup", "color", "#0072B2", "width", 1)));
    return styles;
  }

  private synchronized Path path(Cancel cancel) {
    Path known = path;
    if (known == null) {
      known = source.ask(cancel, this::find);
      path = known;
    }
    return known;
  }

  private Path find(TraceDatabase database) {
    Map<Long, Long> entries = new HashMap<>();
    for (TimelineRow row : source.timeline().rows()) {
      if (row.kind() == RowKind.THREAD) {
        entries.put(row.utid(), row.id() + 1L);
      }
    }
    ReportRunner runner = new ReportRunner(FactSource.of(database));
    TimeRange span = source.span();
    try {
      // Fills the table critical_path of this connection.
      runner.sql(catalog.named("critical-path-summary"), arguments, span);
    } catch (ReportException failure) {
      throw new HttpFailure(400, String.valueOf(failure.getMessage()), null);
    }
    List<Piece> pieces = new ArrayList<>();
    Map<Long, Long> times = new LinkedHashMap<>();
    try (Rows rows =
        database.query(
            "SELECT ts, dur, utid, kind, concat_ws(', ', detail, syscall), wakes"
                + " FROM critical_path WHERE dur > 0 OR wakes IS NOT NULL ORDER BY ts")) {
      while (rows.next()) {
        long entry = entries.getOrDefault(rows.longAt(2), 0L);
        long begin = rows.longAt(0);
        String text = rows.textAt(4);
        long wakes = rows.isNull(5) ? 0 : entries.getOrDefault(rows.longAt(5), 0L);
        pieces.add(
            new Piece(
                begin,
                begin + rows.longAt(1),
                entry,
                String.valueOf(rows.textAt(3)),
                text == null ? "" : text,
                wakes));
        times.merge(entry, rows.longAt(1), Long::sum);
      }
    }
    return new Path(pieces, times);
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Path found = path(cancel);
    long sum = found.times.values().stream().mapToLong(Long::longValue).sum();
    Entries tree =
        new Entries()
            .header("Thread", "", DataType.STRING)
            .header("TID", "the kernel's id of the thread", DataType.NUMBER)
            .header("Time", "on the path", DataType.DURATION)
            .header("%", "of the path", DataType.NUMBER);
    place(tree.add(0, -1, false, labels("Critical path", "", sum, sum)));
    List<TimelineRow> rows = source.timeline().rows();
    found.times.forEach((entry, ns) -> {
      if (entry > 0) {
        TimelineRow row = rows.get((int) (entry - 1));
        Map<String, Object> model =
            tree.add(entry, 0, true, labels(row.name(), Long.toString(row.tid()), ns, sum));
        place(model);
        model.put("metadata", Map.of("tid", List.of(row.tid()), "utid", List.of(row.utid())));
      }
    });
    return tree.model();
  }

  private void place(Map<String, Object> entry) {
    entry.put("start", source.span().beginNs());
    entry.put("end", source.span().endNs());
  }

  private static List<String> labels(String name, String tid, long ns, long sum) {
    return List.of(name, tid, TspText.duration(ns), TspText.percent(100.0 * ns / Math.max(1, sum)));
  }

  @Override
  public Object states(Range range, List<Long> items, StateFilter filter, Cancel cancel) {
    Set<Long> wanted = new LinkedHashSet<>(items);
    Map<Long, List<Object>> rows = new LinkedHashMap<>();
    wanted.forEach(item -> rows.put(item, new ArrayList<>()));
    long pixel = range.count() == 0 ? 0 : (range.endNs() - range.beginNs()) / range.count();
    Map<Long, Long> shownUntil = new HashMap<>();
    for (Piece piece : path(cancel).pieces) {
      List<Object> states = rows.get(piece.entry);
      if (states == null || piece.endNs <= range.beginNs() || piece.beginNs > range.endNs()) {
        continue;
      }
      // Of pieces narrower than a pixel the first of each pixel stands for the others.
      long begin = Math.max(piece.beginNs, range.beginNs());
      long end = Math.min(piece.endNs, Math.max(range.endNs(), range.beginNs() + 1));
      if (end <= begin
          || end - begin < pixel
              && begin - pixel < shownUntil.getOrDefault(piece.entry, Long.MIN_VALUE)) {
        continue;
      }
      shownUntil.put(piece.entry, end);
      Map<String, String> values =
          Map.of("state", piece.kind, "label", piece.text, "duration", Long.toString(end - begin));
      if (filter.keeps(values)) {
        int tags = filter.tags(values);
        states.add(
            JsonTree.object(
                "start",
                begin,
                "end",
                end,
                "label",
                piece.text.isEmpty() ? null : piece.text,
                "tags",
                tags == 0 ? null : tags,
                "style",
                Entries.style(piece.kind, Map.of())));
      }
    }
    List<Object> models = new ArrayList<>();
    rows.forEach(
        (entry, states) -> models.add(JsonTree.object("entryId", entry, "states", states)));
    return Map.of("rows", models);
  }

  @Override
  public Object arrows(Range range, Cancel cancel) {
    List<Object> arrows = new ArrayList<>();
    for (Piece piece : path(cancel).pieces) {
      if (piece.wakes > 0
          && piece.entry > 0
          && piece.wakes != piece.entry
          && piece.endNs >= range.beginNs()
          && piece.endNs <= range.endNs()
          && arrows.size() < MOST_ARROWS) {
        arrows.add(
            JsonTree.object(
                "sourceId",
                piece.entry,
                "targetId",
                piece.wakes,
                "start",
                piece.endNs,
                "end",
                piece.endNs,
                "style",
                Entries.style("arrow-wakeup", Map.of())));
      }
    }
    return arrows;
  }

  private static final int MOST_ARROWS = 10_000;

  @Override
  public Map<String, String> tooltip(long item, long ts, Cancel cancel) {
    for (Piece piece : path(cancel).pieces) {
      if (piece.entry == item && piece.beginNs <= ts && ts < piece.endNs) {
        Map<String, String> tooltip = new LinkedHashMap<>();
        tooltip.put("State", piece.kind);
        if (!piece.text.isEmpty()) {
          tooltip.put("Detail", piece.text);
        }
        tooltip.put("Begin", TspText.time(piece.beginNs));
        tooltip.put("End", TspText.time(piece.endNs));
        tooltip.put("Duration", TspText.duration(piece.endNs - piece.beginNs));
        return tooltip;
      }
    }
    return Map.of();
  }
}
