package dev.rideau.reports;

/// A column of the answer of a [Report].
///
/// @param name as the query names it
/// @param unit what its values are
/// @param sentence what it tells
public record ReportColumn(String name, ColumnUnit unit, String sentence) {

  /// The title of the column: its name with blanks.
  public String title() {
    return name.replace('_', ' ');
  }
}
