package dev.rideau.cli.internal.rows;

import dev.rideau.cli.internal.AlignedTable;
import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table for people. Long results are several tables, so that memory stays small and the first
/// rows come at once.
final class TableRows implements RowWriter {
  private static final int ROWS_PER_TABLE = 2000;

  private final boolean colours;

  TableRows(boolean colours) {
    this.colours = colours;
  }

  @Override
  public long write(Rows rows, Appendable out) throws IOException {
    List<ResultColumn> columns = rows.columns();
    long count = 0;
    boolean more = !columns.isEmpty();
    while (more) {
      AlignedTable table = new AlignedTable("");
      for (ResultColumn column : columns) {
        if (column.isNumber()) {
          table.number(column.name());
        } else {
          table.text(column.name());
        }
      }
      int size = 0;
      while (size < ROWS_PER_TABLE && rows.next()) {
        table.row(cells(rows, columns.size()));
        size++;
      }
      more = size == ROWS_PER_TABLE;
      if (size > 0 || count == 0) {
        StringBuilder text = new StringBuilder();
        table.appendTo(text, colours);
        out.append(count > 0 ? "\n" : "").append(text);
      }
      count += size;
    }
    return count;
  }

  private static String[] cells(Rows rows, int count) {
    String[] cells = new String[count];
    for (int i = 0; i < count; i++) {
      @Nullable String text = rows.textAt(i);
      cells[i] = text == null ? "" : text;
    }
    return cells;
  }
}
