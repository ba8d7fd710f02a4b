package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.Arrow;
import dev.rideau.server.internal.view.Details;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.server.internal.view.RowKind;
import dev.rideau.server.internal.view.RowStates;
import dev.rideau.server.internal.view.StateAt;
import dev.rideau.server.internal.view.StateStyle;
import dev.rideau.server.internal.view.Timeline;
import dev.rideau.server.internal.view.TimelineRow;
import dev.rideau.server.internal.view.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Rows of the timeline that stand under certain groups: threads, CPUs, devices. Ids of entries are
/// those of rows.
final class TimelineOutput implements Output.TimeGraph {
  private static final int MOST_ARROWS = 2000;

  private final OpenTrace source;
  private final Descriptor descriptor;
  private final Set<RowKind> kinds;
  private final Set<Arrow.Kind> arrows;

  /// @param kinds rows that are shown, besides the groups that they stand under
  TimelineOutput(
      OpenTrace source, Descriptor descriptor, Set<RowKind> kinds, Set<Arrow.Kind> arrows) {
    this.source = source;
    this.descriptor = descriptor;
    this.kinds = kinds;
    this.arrows = arrows;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public boolean answersEarly() {
    return true;
  }

  @Override
  public Map<String, Object> styles() {
    return StateColors.styles();
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    boolean ofThreads = kinds.contains(RowKind.THREAD);
    Entries tree = new Entries().header("Name", "", DataType.STRING);
    if (ofThreads) {
      tree.header("TID", "the kernel's id of the thread", DataType.NUMBER);
      tree.header("PID", "the kernel's id of the process", DataType.NUMBER);
    }
    for (TimelineRow row : rows()) {
      List<String> labels = new ArrayList<>(List.of(label(row)));
      if (ofThreads) {
        labels.add(row.tid() < 0 ? "" : Long.toString(row.tid()));
        labels.add(row.pid() < 0 ? "" : Long.toString(row.pid()));
      }
      boolean isGroup = row.kind() == RowKind.GROUP;
      Map<String, Object> entry = tree.add(row.id(), row.parent(), row.hasStates(), labels);
      // Clients count the times of arrows from the begin of the first entry.
      entry.put("start", isGroup ? source.span().beginNs() : row.beginNs());
      entry.put("end", isGroup ? source.span().endNs() : row.endNs());
      entry.put("metadata", metadata(row));
    }
    return tree.model();
  }

  private static String label(TimelineRow row) {
    return switch (row.kind()) {
      case GROUP, PROCESS, THREAD -> row.name();
      default -> row.detail().isEmpty() ? row.name() : row.name() + " (" + row.detail() + ")";
    };
  }

  // Clients find the same thing in several outputs by these.
  private static Map<String, Object> metadata(TimelineRow row) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (row.cpu() >= 0) {
      metadata.put("cpu", List.of(row.cpu()));
    }
    if (row.kind() == RowKind.THREAD) {
      metadata.put("tid", List.of(row.tid()));
      metadata.put("utid", List.of(row.utid()));
    }
    if (row.pid() >= 0) {
      metadata.put("pid", List.of(row.pid()));
    }
    if (row.kind() == RowKind.THREAD || row.kind() == RowKind.PROCESS) {
      metadata.put("exec_name", List.of(row.name()));
    }
    return metadata;
  }

  // Groups stand in front of what is in them: one without rows of these kinds is left out.
  private List<TimelineRow> rows() {
    List<TimelineRow> rows = new ArrayList<>();
    TimelineRow group = null;
    for (TimelineRow row : source.timelineSoFar().rows()) {
      if (row.kind() == RowKind.GROUP) {
        group = row;
      } else if (kinds.contains(row.kind())) {
        if (group != null) {
          rows.add(group);
          group = null;
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public Object states(Range range, List<Long> items, StateFilter filter, Cancel cancel) {
    Timeline timeline = source.timelineSoFar();
    List<TimelineRow> all = timeline.rows();
    int[] wanted =
        items.stream()
            .distinct()
            .filter(id -> id >= 0 && id < all.size())
            .filter(id -> kinds.contains(all.get(id.intValue()).kind()))
            .mapToInt(Long::intValue)
            .toArray();
    List<Object> rows = new ArrayList<>();
    for (RowStates states : timeline.states(wanted, window(range), cancel)) {
      rows.add(new Row(states, all.get(states.row()), filter));
    }
    return Map.of("rows", rows);
  }

  /// What is asked for, with as many pixels as there may be.
  static Window window(Range range) {
    int pixels =
        range.count() == 0 ? Window.MOST_PIXELS : Math.min(range.count(), Window.MOST_PIXELS);
    return new Window(range.beginNs(), Math.max(range.endNs(), range.beginNs() + 1), pixels);
  }

  /// A row of the answer.
  private record Row(RowStates states, TimelineRow row, StateFilter filter)
      implements JsonTree.Writable {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeNumberProperty("entryId", states.row());
      out.writeName("states");
      out.writeStartArray();
      for (int i = 0; i < states.size(); i++) {
        int tags = 0;
        if (!filter.isNone()) {
          Map<String, String> values = values(i);
          if (!filter.keeps(values)) {
            continue;
          }
          tags = filter.tags(values);
        }
        writeState(out, i, tags);
      }
      out.writeEndArray();
      out.writeEndObject();
    }

    private void writeState(JsonGenerator out, int i, int tags) {
      out.writeStartObject();
      out.writeNumberProperty("start", states.beginNs(i));
      out.writeNumberProperty("end", states.endNs(i));
      String label = states.label(i);
      if (label != null) {
        out.writeStringProperty("label", label);
      }
      if (tags != 0) {
        out.writeNumberProperty("tags", tags);
      }
      out.writeName("style");
      out.writeStartObject();
      out.writeStringProperty("parentKey", states.style(i).key());
      out.writeName("values");
      out.writeStartObject();
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndObject();
    }

    private Map<String, String> values(int i) {
      StateStyle style = states.style(i);
      String label = states.label(i);
      Map<String, String> values = new LinkedHashMap<>();
      values.put("name", row.name());
      values.put("state", style.title());
      values.put("style", style.key());
      values.put("label", label == null ? "" : label);
      values.put("duration", Long.toString(states.endNs(i) - states.beginNs(i)));
      values.put("tid", row.tid() < 0 ? "" : Long.toString(row.tid()));
      values.put("pid", row.pid() < 0 ? "" : Long.toString(row.pid()));
      values.put("cpu", row.cpu() < 0 ? "" : Integer.toString(row.cpu()));
      return values;
    }
  }

  @Override
  public Object arrows(Range range, Cancel cancel) {
    if (arrows.isEmpty()) {
      return List.of();
    }
    int[] rows = rows().stream().mapToInt(TimelineRow::id).toArray();
    List<Object> models = new ArrayList<>();
    for (Arrow.Kind kind : arrows) {
      for (Arrow arrow :
          source.timeline().arrows(kind, window(range), rows, MOST_ARROWS).arrows()) {
        models.add(
            JsonTree.object(
                "sourceId",
                arrow.fromRow(),
                "targetId",
                arrow.toRow(),
                "start",
                arrow.fromNs(),
                "end",
                arrow.toNs(),
                "style",
                Entries.style(StateColors.arrowKey(kind), Map.of())));
      }
    }
    return models;
  }

  @Override
  public Map<String, String> tooltip(long item, long ts, Cancel cancel) {
    List<TimelineRow> all = source.timeline().rows();
    if (item < 0 || item >= all.size() || !kinds.contains(all.get((int) item).kind())) {
      return Map.of();
    }
    StateAt state = source.timeline().stateAt((int) item, ts);
    if (state == null) {
      return Map.of();
    }
    Map<String, String> tooltip = new LinkedHashMap<>();
    tooltip.put("State", state.style().title());
    Details details = source.details((int) item, ts, cancel);
    if (details != null) {
      tooltip.put("State", details.title());
      details.fields().forEach(field -> tooltip.put(field.name(), field.text()));
      details.links().forEach(link -> tooltip.putIfAbsent(capital(link.rel()), link.text()));
    }
    tooltip.put("Begin", TspText.time(state.beginNs()));
    tooltip.put("End", TspText.time(state.endNs()));
    tooltip.put("Duration", TspText.duration(state.endNs() - state.beginNs()));
    return tooltip;
  }

  private static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
