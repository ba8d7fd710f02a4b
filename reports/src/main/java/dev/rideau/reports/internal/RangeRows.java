package dev.rideau.reports.internal;

import dev.rideau.tables.ResultColumn;
import dev.rideau.tables.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows about one range of those that a [RangesQuery] returns. Closing it closes nothing.
public final class RangeRows implements Rows {
  private final Shared all;
  private final int range;
  private final List<ResultColumn> columns;
  private boolean isOnRow;

  /// The rows about all ranges, of which one may have been read ahead.
  public static final class Shared implements AutoCloseable {
    private final Rows rows;
    private boolean isAhead;
    private boolean isEnd;

    public Shared(Rows rows) {
      this.rows = rows;
    }

    /// Whether the row that comes next is about a range.
    private boolean isNext(int range) {
      if (!isAhead && !isEnd) {
        isAhead = rows.next();
        isEnd = !isAhead;
      }
      return isAhead && rows.longAt(0) == range;
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /// @param range ranges must be read in their order
  /// @param width number of columns of the query
  public RangeRows(Shared all, int range, int width) {
    this.all = all;
    this.range = range;
    columns = all.rows.columns().subList(1, Math.min(1 + width, all.rows.columns().size()));
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (isOnRow) {
      all.isAhead = false;
    }
    isOnRow = all.isNext(range);
    return isOnRow;
  }

  @Override
  public boolean isNull(int column) {
    return all.rows.isNull(column + 1);
  }

  @Override
  public long longAt(int column) {
    return all.rows.longAt(column + 1);
  }

  @Override
  public double doubleAt(int column) {
    return all.rows.doubleAt(column + 1);
  }

  @Override
  public @Nullable String textAt(int column) {
    return all.rows.textAt(column + 1);
  }

  @Override
  public @Nullable Object valueAt(int column) {
    return all.rows.valueAt(column + 1);
  }

  /// Leaves out the rows that were not read.
  @Override
  public void close() {
    while (next()) {
      // nobody wants it
    }
  }
}
