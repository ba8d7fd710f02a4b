package dev.rideau.server.internal.tsp;

import dev.rideau.reports.FactSource;
import dev.rideau.tables.Rows;
import org.jspecify.annotations.Nullable;

/// Stands where facts are not asked for.
enum Unasked implements FactSource {
  INSTANCE;

  @Override
  public Rows query(String sql, @Nullable Object... parameters) {
    throw new IllegalStateException("nothing is asked here");
  }

  @Override
  public void prepareFor(String sql) {
    throw new IllegalStateException("nothing is asked here");
  }
}
