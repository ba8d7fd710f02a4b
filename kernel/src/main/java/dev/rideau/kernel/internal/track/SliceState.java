package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.TextPool;
import java.util.ArrayList;
import java.util.List;

/// All that is known of one slice: filled by a worker, read by the join, recycled. Owned by one
/// thread at a time.
public final class SliceState {
  final ThreadRefs threads = new ThreadRefs();
  final Bodies bodies = new Bodies();
  final Cpus cpus = new Cpus(threads, bodies);
  final StepLog log = new StepLog();
  final Uses uses = new Uses();
  final List<StateTable> tables = new ArrayList<>();
  private final List<FactBatch> batches = new ArrayList<>();
  final TextPool texts = new TextPool();
  private Resolution resolution = new Resolution();

  /// For the automata of `core`.
  public SliceState(Core core) {
    for (Automata each : core.automata()) {
      tables.add(each.newTable());
    }
  }

  /// Rows of the slice; ids of threads in them are references until [Resolution] replaced them.
  public List<FactBatch> batches() {
    return batches;
  }

  /// What references and symbols of the slice mean; set by the join.
  public Resolution resolution() {
    return resolution;
  }

  /// Forgets all.
  public void clear() {
    threads.clear();
    bodies.clear();
    cpus.clear();
    log.clear();
    uses.clear();
    batches.clear();
    texts.clear();
    for (StateTable each : tables) {
      each.clear();
    }
    resolution = new Resolution();
  }
}
