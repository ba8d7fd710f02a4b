package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.NameTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;

/// Batches that wait for their next use. Thread-safe.
public final class BatchPool {
  private final NameTable names;
  private final Map<FactTable, Deque<FactBatch>> free = new IdentityHashMap<>();

  /// An empty pool.
  public BatchPool(NameTable names) {
    this.names = names;
  }

  /// An empty batch.
  public FactBatch take(FactTable table) {
    synchronized (this) {
      Deque<FactBatch> batches = free.get(table);
      if (batches != null && !batches.isEmpty()) {
        return batches.pop();
      }
    }
    return new FactBatch(table, names);
  }

  /// Takes a batch back; its rows are forgotten.
  public void give(FactBatch batch) {
    batch.clear();
    synchronized (this) {
      free.computeIfAbsent(batch.table(), _ -> new ArrayDeque<>()).push(batch);
    }
  }
}
