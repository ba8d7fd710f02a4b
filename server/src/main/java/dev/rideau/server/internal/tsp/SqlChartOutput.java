package dev.rideau.server.internal.tsp;

import dev.rideau.reports.ColumnUnit;
import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.tsp.Curves.Axis;
import dev.rideau.server.internal.tsp.Entries.DataType;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.OpenTrace;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A chart of the rows of a statement that a user gave: a curve for each name in one column. The
/// statement is asked once; its rows in a range of time are drawn. Any thread may ask.
final class SqlChartOutput implements Output.Xy {
  private static final int MOST_ROWS = 100_000;

  private final OpenTrace source;
  private final Descriptor descriptor;
  private final Map<String, String> columns;
  private @Nullable Map<String, TreeMap<Long, Double>> curves;

  /// @param columns parameters of [ConfigurationType#SQL]
  SqlChartOutput(OpenTrace source, Descriptor descriptor, Map<String, String> columns) {
    this.source = source;
    this.descriptor = descriptor;
    this.columns = columns;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }

  private synchronized Map<String, TreeMap<Long, Double>> curves(Cancel cancel) {
    Map<String, TreeMap<Long, Double>> known = curves;
    if (known == null) {
      known = Facts.userQuery(source, cancel, columns.getOrDefault("sql", ""), this::read);
      curves = known;
    }
    return known;
  }

  private Map<String, TreeMap<Long, Double>> read(Rows rows) {
    int time = column(rows, "time");
    int value = column(rows, "value");
    int series = columns.containsKey("series") ? column(rows, "series") : -1;
    Map<String, TreeMap<Long, Double>> found = new LinkedHashMap<>();
    for (int i = 0; i < MOST_ROWS && rows.next(); i++) {
      String name = series < 0 ? descriptor.name() : String.valueOf(rows.textAt(series));
      found
          .computeIfAbsent(name, _ -> new TreeMap<>())
          .put(rows.longAt(time), rows.doubleAt(value));
    }
    return found;
  }

  private int column(Rows rows, String role) {
    String wanted = columns.getOrDefault(role, "");
    List<String> names = rows.columns().stream().map(ResultColumn::name).toList();
    int at = names.indexOf(wanted);
    if (at < 0) {
      throw new HttpFailure(
          400,
          "the statement has no column '" + TspText.shortened(wanted) + "'",
          "it has " + String.join(", ", names));
    }
    return at;
  }

  @Override
  public Object tree(@Nullable Range range, Cancel cancel) {
    Entries tree = new Entries().header("Name", "", DataType.STRING);
    long id = 0;
    for (String name : curves(cancel).keySet()) {
      Map<String, Object> entry = tree.add(++id, -1, true, List.of(name));
      entry.put("isDefault", true);
      entry.put("style", Curves.style(Curves.Kind.LINE, id));
    }
    return tree.model();
  }

  @Override
  public Object xy(Range range, List<Long> items, Cancel cancel) {
    Curves chart = new Curves(descriptor.name(), Curves.Kind.LINE);
    List<String> names = new ArrayList<>(curves(cancel).keySet());
    for (int i = 0; i < names.size(); i++) {
      if (items.contains(i + 1L)) {
        TreeMap<Long, Double> all = curves(cancel).getOrDefault(names.get(i), new TreeMap<>());
        var part = all.subMap(range.beginNs(), true, range.endNs(), true);
        chart.add(
            i + 1L,
            names.get(i),
            part.keySet().stream().mapToLong(Long::longValue).toArray(),
            part.values().stream().mapToDouble(Double::doubleValue).toArray(),
            Axis.of(columns.getOrDefault("value", ""), ColumnUnit.NUMBER));
      }
    }
    return chart.model();
  }
}
