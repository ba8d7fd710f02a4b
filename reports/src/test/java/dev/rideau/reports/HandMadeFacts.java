package dev.rideau.reports;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.tables.DatabaseException;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Empty fact tables in memory, to be filled by hand.
final class HandMadeFacts implements FactSource, AutoCloseable {
  private final Connection connection;

  HandMadeFacts() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    execute("CREATE TABLE host(host INTEGER, name VARCHAR)");
    for (FactTable table : FactTables.ALL) {
      execute(
          table.columns().stream()
              .map(column -> '"' + column.name() + "\" " + type(column))
              .collect(
                  Collectors.joining(
                      ", ", "CREATE TABLE " + table.name() + "(host INTEGER DEFAULT 0, ", ")")));
    }
    for (String theme : List.of("time", "numbers", "threads", "io", "spans", "units")) {
      for (String statement : library(theme).split(";\n")) {
        if (!statement.isBlank()) {
          execute(statement);
        }
      }
    }
  }

  /// Adds a row: `column = value` in the order of `columns`, all others are null.
  HandMadeFacts row(String table, String columns, String values) {
    execute("INSERT INTO " + table + "(" + columns + ") VALUES (" + values + ")");
    return this;
  }

  private static String library(String theme) {
    String name = "/dev/rideau/tables/library/" + theme + ".sql";
    try (InputStream in = HandMadeFacts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String type(FactColumn column) {
    return switch (column.type()) {
      case TIMESTAMP, DURATION, UTID, UPID, LONG -> "BIGINT";
      case INT -> "INTEGER";
      case BOOLEAN -> "BOOLEAN";
      case DOUBLE -> "DOUBLE";
      case NAME, TEXT -> "VARCHAR";
    };
  }

  @Override
  public Rows query(String sql, @Nullable Object... parameters) {
    try {
      if (parameters.length == 0) {
        Statement statement = connection.createStatement();
        if (!statement.execute(sql)) {
          statement.close();
          return new JdbcRows(null, List.of());
        }
        return rows(statement.getResultSet());
      }
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      if (!statement.execute()) {
        statement.close();
        return new JdbcRows(null, List.of());
      }
      return rows(statement.getResultSet());
    } catch (SQLException failure) {
      throw wrong(failure);
    }
  }

  private static Rows rows(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(new ResultColumn(meta.getColumnName(i), meta.getColumnTypeName(i)));
    }
    return new JdbcRows(result, columns);
  }

  @Override
  public void prepareFor(String sql) {}

  private static DatabaseException wrong(SQLException failure) {
    return new DatabaseException(
        DatabaseException.Kind.STATEMENT, String.valueOf(failure.getMessage()), failure);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw wrong(failure);
    }
  }

  private record JdbcRows(@Nullable ResultSet result, List<ResultColumn> columns) implements Rows {
    private interface Call<T> {
      T of(ResultSet result) throws SQLException;
    }

    private <T> T get(Call<T> call) {
      try {
        return call.of(java.util.Objects.requireNonNull(result));
      } catch (SQLException failure) {
        throw wrong(failure);
      }
    }

    @Override
    public boolean next() {
      return result != null && get(ResultSet::next);
    }

    @Override
    public boolean isNull(int column) {
      return get(rows -> rows.getObject(column + 1) == null);
    }

    @Override
    public long longAt(int column) {
      return get(rows -> rows.getLong(column + 1));
    }

    @Override
    public double doubleAt(int column) {
      return get(rows -> rows.getDouble(column + 1));
    }

    @Override
    public @Nullable String textAt(int column) {
      return get(rows -> rows.getString(column + 1));
    }

    @Override
    public @Nullable Object valueAt(int column) {
      return get(rows -> rows.getObject(column + 1));
    }

    @Override
    public void close() {
      if (result != null) {
        get(rows -> {
          rows.getStatement().close();
          return true;
        });
      }
    }
  }
}
