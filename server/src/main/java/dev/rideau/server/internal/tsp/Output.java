package dev.rideau.server.internal.tsp;

import dev.rideau.reports.Report;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.tsp.Fields.Range;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that can be asked of an experiment: a data provider in the words of the protocol. Any
/// thread may ask; answers are models in the form of [JsonTree].
interface Output {

  /// What the protocol calls it.
  enum Type {
    TABLE,
    TREE_TIME_XY,
    TIME_GRAPH,
    DATA_TREE,
    NONE,
    TREE_GENERIC_XY
  }

  /// How clients list it.
  ///
  /// @param id names it in addresses; clients do not escape it
  /// @param parent the output that it stands under; null for none
  /// @param configuration what a user made it of; null when it came along
  /// @param canCreate whether users can make outputs under it
  record Descriptor(
      String id,
      String name,
      String description,
      Type type,
      @Nullable String parent,
      @Nullable Configuration configuration,
      boolean canCreate) {

    Descriptor(String id, String name, String description, Type type) {
      this(id, name, description, type, null, null, false);
    }

    Descriptor under(String group) {
      return new Descriptor(id, name, description, type, group, configuration, canCreate);
    }

    Descriptor of(Configuration source) {
      return new Descriptor(id, name, description, type, parent, source, canCreate);
    }

    Descriptor withChildren() {
      return new Descriptor(id, name, description, type, parent, configuration, true);
    }

    Map<String, Object> model() {
      return JsonTree.object(
          "parentId",
          parent,
          "id",
          id,
          "name",
          name,
          "description",
          description,
          "type",
          type.name(),
          "configuration",
          configuration == null ? null : configuration.model(),
          "capabilities",
          canCreate || configuration != null
              ? JsonTree.object("canCreate", canCreate, "canDelete", configuration != null)
              : null);
    }
  }

  Descriptor descriptor();

  /// Events of the model without which it has nothing to say.
  default List<Report.Need> needs() {
    return List.of();
  }

  /// Whether it has something to say while facts are still being made, from the records alone.
  default boolean answersEarly() {
    return false;
  }

  /// Styles by key that its answers name.
  default Map<String, Object> styles() {
    return Map.of();
  }

  /// Only a place under which others stand.
  interface Group extends Output {}

  /// Rows of states over time.
  interface TimeGraph extends Output {
    Object tree(@Nullable Range range, Cancel cancel);

    Object states(Range range, List<Long> items, StateFilter filter, Cancel cancel);

    Object arrows(Range range, Cancel cancel);

    /// What is known of the state of a row at a time.
    Map<String, String> tooltip(long item, long ts, Cancel cancel);

    /// What is known of an arrow.
    default Map<String, String> arrowTooltip(
        long from, long to, long beginNs, long durationNs, Cancel cancel) {
      return Map.of("Time", TspText.time(beginNs), "Duration", TspText.duration(durationNs));
    }
  }

  /// Curves or points over time or, when the type says so, something else.
  interface Xy extends Output {
    Object tree(@Nullable Range range, Cancel cancel);

    Object xy(Range range, List<Long> items, Cancel cancel);
  }

  /// Lines with an index.
  interface Table extends Output {
    Object columns(Cancel cancel);

    /// Number of columns; their ids count from 0.
    int width(Cancel cancel);

    Object lines(TableRequest request, Cancel cancel);
  }

  /// A tree with columns.
  interface DataTree extends Output {
    Object tree(@Nullable Range range, Cancel cancel);
  }
}
