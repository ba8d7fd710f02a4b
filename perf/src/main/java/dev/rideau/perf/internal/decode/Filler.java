package dev.rideau.perf.internal.decode;

/// Fills one column from all rows of a class. Bound to the column of one cursor.
interface Filler {
  void fill(Rows rows);
}
