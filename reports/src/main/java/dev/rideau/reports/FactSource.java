package dev.rideau.reports;

import dev.rideau.tables.Rows;
import dev.rideau.tables.TraceDatabase;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The database that reports ask. Used by one thread.
public interface FactSource {

  /// Runs a statement and returns its rows.
  ///
  /// @throws dev.rideau.tables.DatabaseException when it is wrong or fails
  Rows query(String sql, @Nullable Object... parameters);

  /// Which of these events of the model no trace holds.
  Set<String> missingEvents(Collection<String> modelEvents);

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
      public Set<String> missingEvents(Collection<String> modelEvents) {
        return database.missingEvents(modelEvents);
      }
    };
  }
}
