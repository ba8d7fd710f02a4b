package dev.rideau.reports.internal;

import dev.rideau.reports.FactSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills temporary tables with rows that the program made.
///
/// One text of many lines is taken in at once: as literals in a statement, each value costs time.
/// The text itself is a parameter, so that nobody parses it as SQL.
public final class TextRows {
  private static final int ROWS_PER_STATEMENT = 50_000;

  /// Between the parts of a value that is a list.
  public static final char PART = '\u001f';

  private final FactSource facts;
  private final String table;
  private final String columns;
  private final StringBuilder lines = new StringBuilder();
  private int rows;
  private boolean isFirst;

  /// @param columns the values of a row as SQL, from the list `f` of texts that counts from 1
  public TextRows(FactSource facts, String table, String columns) {
    this.facts = facts;
    this.table = table;
    this.columns = columns;
  }

  /// Begins a row.
  public TextRows row() {
    if (rows == ROWS_PER_STATEMENT) {
      flush();
    }
    lines.append(rows == 0 ? "" : "\n");
    rows++;
    isFirst = true;
    return this;
  }

  /// Adds a number to the row.
  public TextRows add(long value) {
    separator();
    lines.append(value);
    return this;
  }

  /// Adds a text; none becomes the empty one.
  public TextRows add(@Nullable String value) {
    separator();
    if (value != null) {
      lines.append(value.replace('\t', ' ').replace('\n', ' '));
    }
    return this;
  }

  /// Adds a list of texts, joined by [#PART].
  public TextRows add(List<String> values) {
    return add(String.join(String.valueOf(PART), values));
  }

  private void separator() {
    lines.append(isFirst ? "" : "\t");
    isFirst = false;
  }

  /// Sends what is not in the table yet.
  public void flush() {
    if (rows > 0) {
      String sql =
          "INSERT INTO "
              + table
              + " SELECT "
              + columns
              + " FROM (SELECT string_split(line, chr(9)) AS f"
              + " FROM (SELECT unnest(string_split($1, chr(10))) AS line))";
      facts.query(sql, lines.toString()).close();
      lines.setLength(0);
      rows = 0;
    }
  }
}
