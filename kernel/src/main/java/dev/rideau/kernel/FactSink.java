package dev.rideau.kernel;

/// Receives facts.
///
/// Called by several threads at once, also for the same table. A batch is the caller's again when
/// the call returns (*recycled*), so a slow sink slows extraction down and nothing piles up.
@FunctionalInterface
public interface FactSink {

  /// Takes rows of one table. Rows come in no particular order.
  void accept(FactBatch batch);
}
