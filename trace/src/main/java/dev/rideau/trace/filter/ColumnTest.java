package dev.rideau.trace.filter;

import dev.rideau.trace.Column;

/// A comparison compiled for one field class.
@FunctionalInterface
interface ColumnTest {

  /// Whether the value of a row of a column of the field class stands in the wanted relation.
  boolean test(Column column, int row);
}
