package dev.rideau.tables.internal;

import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Rows as the driver hands them out.
public final class ResultRows implements Rows {
  private final Statement statement;
  private final @Nullable ResultSet results;
  private final List<ResultColumn> columns = new ArrayList<>();

  /// @param results null for a statement without result
  public ResultRows(Statement statement, @Nullable ResultSet results) throws SQLException {
    this.statement = statement;
    this.results = results;
    if (results != null) {
      ResultSetMetaData about = results.getMetaData();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        columns.add(new ResultColumn(about.getColumnName(i), about.getColumnTypeName(i)));
      }
    }
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    try {
      return results != null && results.next();
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  private ResultSet row() {
    if (results == null) {
      throw new IllegalStateException("the statement has no rows");
    }
    return results;
  }

  @Override
  public boolean isNull(int column) {
    return valueAt(column) == null;
  }

  @Override
  public long longAt(int column) {
    try {
      return row().getLong(column + 1);
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  @Override
  public double doubleAt(int column) {
    try {
      return row().getDouble(column + 1);
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  @Override
  public @Nullable String textAt(int column) {
    try {
      if (columns.get(column).type().startsWith("DECIMAL")) {
        // The driver writes small ones as powers of ten.
        BigDecimal number = row().getBigDecimal(column + 1);
        return number == null ? null : number.toPlainString();
      }
      return row().getString(column + 1);
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  @Override
  public @Nullable Object valueAt(int column) {
    try {
      return plain(row().getObject(column + 1));
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }

  // Lists and structures without the driver's classes around them.
  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case Array array -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
          elements.add(plain(element));
        }
        yield elements;
      }
      case Blob blob -> blob.getBytes(1, (int) blob.length());
      case DuckDBStruct struct -> plain(struct.getMap());
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          members.put(String.valueOf(member.getKey()), plain(member.getValue()));
        }
        yield members;
      }
      case null, default -> value;
    };
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException failure) {
      throw Failures.of(failure);
    }
  }
}
