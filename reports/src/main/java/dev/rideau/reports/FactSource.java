package dev.rideau.reports;

import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The database that reports ask. Used by one thread.
public interface FactSource {

  /// Runs a statement and returns its rows.
  ///
  /// @throws dev.rideau.tables.DatabaseException when it is wrong or fails
  Rows query(String sql, @Nullable Object... parameters);

  /// Tells in advance which tables will be needed: those that `sql` names. Facts of all of them are
  /// then made at once and not one after the other.
  void prepareFor(String sql);

  /// Runs a statement whose rows nobody wants.
  default void execute(String sql) {
    query(sql).close();
  }

  /// Names of the machines, by the number in the columns `host`.
  default List<String> hosts() {
    return List.of("");
  }

  /// Lets statements see the facts of one machine only; where there is one, they do anyway.
  ///
  /// @param host its number; null for all machines
  default void limitTo(@Nullable Integer host) {}

  /// That of traces.
  static FactSource of(TraceDatabase database) {
    return new FactSource() {
      @Override
      public Rows query(String sql, @Nullable Object... parameters) {
        return database.query(sql, parameters);
      }

      @Override
      public void prepareFor(String sql) {
        database.prepareFor(sql);
      }

      @Override
      public List<String> hosts() {
        return database.hosts();
      }

      @Override
      public void limitTo(@Nullable Integer host) {
        database.limitTo(host);
      }
    };
  }
}
