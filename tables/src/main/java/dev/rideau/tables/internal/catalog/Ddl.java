package dev.rideau.tables.internal.catalog;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.tables.internal.store.SqlType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements that make views from declarations.
public final class Ddl {
  /// Added to `utid` and `upid` of machine 1, twice of machine 2, ...
  public static final long HOST_STRIDE = 1_000_000_000L;

  private Ddl() {}

  /// What stands in a view for a table without rows.
  public static String noRows(FactTable table) {
    StringBuilder sql = new StringBuilder("(SELECT ");
    String comma = "";
    for (FactColumn column : table.columns()) {
      sql.append(comma).append("CAST(NULL AS ").append(SqlType.of(column.type())).append(") AS ");
      sql.append(quoted(column.name()));
      comma = ", ";
    }
    return sql.append(" WHERE false)").toString();
  }

  /// What stands in a view for the rows in a file. A name could be taken for a pattern.
  public static String rowsOf(Path file) {
    String path = file.toString().replaceAll("[\\[*?]", "[$0]");
    return "read_parquet(" + text(path) + ")";
  }

  /// Shows one machine in all views from now on; null for all.
  public static String limit(@Nullable Integer host) {
    return host == null ? "RESET VARIABLE shown_host" : "SET VARIABLE shown_host = " + host;
  }

  /// Makes the view over the rows of all machines, with `host` in front. Where there are several,
  /// it can be limited to one of them.
  ///
  /// @param stored where the rows of each machine are
  public static String createView(FactTable table, List<String> stored) {
    StringBuilder sql = new StringBuilder("CREATE OR REPLACE VIEW ");
    sql.append(quoted(table.name())).append(" AS ");
    for (int host = 0; host < stored.size(); host++) {
      sql.append(host == 0 ? "" : " UNION ALL ")
          .append("SELECT CAST(")
          .append(host)
          .append(" AS INTEGER) AS host, ")
          .append(host == 0 ? "*" : shifted(table, host))
          .append(" FROM ")
          .append(stored.get(host));
      if (stored.size() > 1) {
        sql.append(" WHERE coalesce(getvariable('shown_host'), ").append(host).append(") = ");
        sql.append(host);
      }
    }
    return sql.toString();
  }

  private static String shifted(FactTable table, int host) {
    List<String> columns = new ArrayList<>();
    for (FactColumn column : table.columns()) {
      String name = quoted(column.name());
      boolean isId = column.type() == FactType.UTID || column.type() == FactType.UPID;
      columns.add(isId ? name + " + " + host * HOST_STRIDE + " AS " + name : name);
    }
    return String.join(", ", columns);
  }

  /// A name in quotes.
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A text in quotes.
  public static String text(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }
}
