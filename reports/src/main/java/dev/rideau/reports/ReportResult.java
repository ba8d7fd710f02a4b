package dev.rideau.reports;

import dev.rideau.tables.Rows;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that answer a [Report], one after the other. Owned by one thread; close it.
public final class ReportResult implements AutoCloseable {
  private final Report report;
  private final Rows rows;

  ReportResult(Report report, Rows rows) {
    this.report = report;
    this.rows = rows;
    checkColumns();
  }

  // The header promises columns to everybody who shows rows: tables, plots, other programs.
  private void checkColumns() {
    List<String> promised = report.columns().stream().map(ReportColumn::name).toList();
    List<String> actual = rows.columns().stream().map(column -> column.name()).toList();
    if (!promised.equals(actual)) {
      rows.close();
      throw new ReportException(
          report.origin()
              + ": the header names the columns "
              + String.join(", ", promised)
              + " but the query returns "
              + String.join(", ", actual),
          "make both the same, in the same order");
    }
  }

  public Report report() {
    return report;
  }

  public List<ReportColumn> columns() {
    return report.columns();
  }

  /// Moves to the next row; false behind the last.
  public boolean next() {
    return rows.next();
  }

  /// The value of a column in this row: `Long`, `Double`, `Boolean`, `String`, a `BigInteger` where
  /// 64 bits do not hold a whole number, or null for none.
  public @Nullable Object value(int column) {
    if (rows.isNull(column)) {
      return null;
    }
    return switch (report.columns().get(column).unit()) {
      case TEXT -> rows.textAt(column);
      case FLAG -> rows.valueAt(column);
      case ID, COUNT, NANOSECONDS, TIME, BYTES, PAGES, SECTORS, KILOHERTZ ->
          whole(rows.valueAt(column));
      case NUMBER, BYTES_PER_SECOND, PER_SECOND, PERCENT -> rows.doubleAt(column);
    };
  }

  private static @Nullable Object whole(@Nullable Object value) {
    boolean isTooLarge = value instanceof BigInteger large && large.bitLength() >= Long.SIZE;
    return value instanceof Number number && !isTooLarge ? (Object) number.longValue() : value;
  }

  /// Reads all rows that are left.
  public List<@Nullable Object[]> readAll() {
    List<@Nullable Object[]> all = new ArrayList<>();
    int width = columns().size();
    while (next()) {
      @Nullable Object[] row = new Object[width];
      for (int column = 0; column < width; column++) {
        row[column] = value(column);
      }
      all.add(row);
    }
    return all;
  }

  @Override
  public void close() {
    rows.close();
  }
}
