package dev.rideau.cli.internal.text;

import dev.rideau.trace.Column;

/// Writes the values of one field class. Compiled once, without state, shared by all threads.
interface FieldText {

  /// Appends the value of a row of a column of the field class.
  void put(TextBuffer out, Column column, int row);
}
