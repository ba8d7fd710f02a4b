package dev.rideau.cli.internal.rows;

import dev.rideau.tables.Rows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Comma-separated values: texts in quotes where they need them, nothing for no value.
final class CsvRows implements RowWriter {
  @Override
  public long write(Rows rows, Appendable out) throws IOException {
    int columns = rows.columns().size();
    for (int i = 0; i < columns; i++) {
      cell(out, i, rows.columns().get(i).name());
    }
    out.append('\n');
    long count = 0;
    while (rows.next()) {
      for (int i = 0; i < columns; i++) {
        cell(out, i, rows.textAt(i));
      }
      out.append('\n');
      count++;
    }
    return count;
  }

  private static void cell(Appendable out, int column, @Nullable String text) throws IOException {
    if (column > 0) {
      out.append(',');
    }
    if (text == null) {
      return;
    }
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    if (plain) {
      out.append(text);
    } else {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    }
  }
}
