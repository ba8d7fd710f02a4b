package dev.rideau.reports;

import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
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
    };
  }
}
