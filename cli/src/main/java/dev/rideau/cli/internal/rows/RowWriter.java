package dev.rideau.cli.internal.rows;

import dev.rideau.tables.Rows;
import java.io.IOException;

/// Writes rows in a format of text.
public interface RowWriter {
  /// Writes all rows and what frames them.
  ///
  /// @return number of rows
  long write(Rows rows, Appendable out) throws IOException;

  /// The writer of a format.
  ///
  /// @param colours whether titles of a table may be bold
  static RowWriter of(RowFormat format, boolean colours) {
    return switch (format) {
      case table -> new TableRows(colours);
      case csv -> new CsvRows();
      case json -> new JsonRows();
      case parquet -> throw new IllegalArgumentException("parquet is no text");
    };
  }
}
