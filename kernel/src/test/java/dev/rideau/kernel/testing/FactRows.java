package dev.rideau.kernel.testing;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactSink;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.FactType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A sink that keeps rows as texts, for small traces: values with a tab between, `-` for none.
public final class FactRows implements FactSink {
  private final Map<FactTable, List<String>> rows = new LinkedHashMap<>();

  /// A sink without rows.
  public FactRows() {
    for (FactTable table : FactTables.ALL) {
      rows.put(table, new ArrayList<>());
    }
  }

  @Override
  public synchronized void accept(FactBatch batch) {
    List<String> into = rows.computeIfAbsent(batch.table(), _ -> new ArrayList<>());
    List<FactColumn> columns = batch.table().columns();
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < batch.size(); row++) {
      text.setLength(0);
      for (int column = 0; column < columns.size(); column++) {
        text.append(column == 0 ? "" : "\t").append(value(batch, columns.get(column), column, row));
      }
      into.add(text.toString());
    }
  }

  private static String value(FactBatch batch, FactColumn column, int index, int row) {
    if (batch.isNull(index, row)) {
      if (!column.isNullable()) {
        throw new AssertionError(
            batch.table().name() + "." + column.name() + " has a row without value");
      }
      return "-";
    }
    long value = batch.longs(index)[row];
    FactType type = column.type();
    return switch (type) {
      case NAME -> batch.names().text((int) value);
      case TEXT -> batch.text(value);
      case BOOLEAN -> value == 0 ? "false" : "true";
      case DOUBLE -> Double.toString(Double.longBitsToDouble(value));
      case TIMESTAMP, DURATION, UTID, UPID, LONG, INT -> Long.toString(value);
    };
  }

  /// The rows of a table, sorted as texts.
  public synchronized List<String> of(FactTable table) {
    return rows.getOrDefault(table, List.of()).stream().sorted().toList();
  }

  /// All rows, sorted, each behind the name of its table.
  public synchronized List<String> all() {
    List<String> all = new ArrayList<>();
    for (FactTable table : rows.keySet()) {
      for (String row : of(table)) {
        all.add(table.name() + "\t" + row);
      }
    }
    return all;
  }
}
