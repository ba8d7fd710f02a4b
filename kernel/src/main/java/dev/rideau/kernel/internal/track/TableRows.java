package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where rows of one table are written to. Owned by one thread at a time.
public final class TableRows {
  private final FactTable table;
  private final boolean isWanted;
  private final BatchPool pool;
  private final Core core;
  private @Nullable FactBatch batch;

  TableRows(FactTable table, boolean isWanted, BatchPool pool, Core core) {
    this.table = table;
    this.isWanted = isWanted;
    this.pool = pool;
    this.core = core;
  }

  public FactTable table() {
    return table;
  }

  /// Whether somebody wants the rows; if not, they are thrown away.
  public boolean isWanted() {
    return isWanted;
  }

  /// The batch to write the next row into; ask again for each row.
  public FactBatch next() {
    FactBatch current = batch;
    if (current == null) {
      current = pool.take(table);
      batch = current;
    } else if (current.isFull()) {
      if (isWanted) {
        core.full(current);
        current = pool.take(table);
        batch = current;
      } else {
        current.clear();
      }
    }
    return current;
  }

  /// Hands over what was begun.
  void flush(List<FactBatch> into) {
    FactBatch current = batch;
    if (current == null) {
      return;
    }
    if (isWanted && current.size() > 0) {
      into.add(current);
      batch = null;
    } else {
      current.clear();
    }
  }
}
