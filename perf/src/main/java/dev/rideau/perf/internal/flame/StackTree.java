package dev.rideau.perf.internal.flame;

import dev.rideau.perf.internal.symbol.Frame;
import dev.rideau.trace.EventClass;
import java.util.List;

/// Adds samples up into a tree of calls: all, threads by name, functions from the outermost on.
public final class StackTree implements ProfileReader.Sink {
  private final StackNode root = new StackNode("all", false);
  private final FrameNames names = new FrameNames();
  private final boolean byPeriod;

  /// An empty tree.
  ///
  /// @param byPeriod whether a sample weighs its period and not one
  public StackTree(boolean byPeriod) {
    this.byPeriod = byPeriod;
  }

  /// The root.
  public StackNode root() {
    return root;
  }

  @Override
  public void take(
      long timestampNs,
      EventClass eventClass,
      int cpu,
      int pid,
      int tid,
      String comm,
      long period,
      List<Frame> frames) {
    long weight = byPeriod ? period : 1;
    root.add(weight, false);
    StackNode node = root.callee(comm.isEmpty() ? "[unknown]" : comm, false);
    node.add(weight, frames.isEmpty());
    for (int i = frames.size() - 1; i >= 0; i--) {
      Frame frame = frames.get(i);
      node = node.callee(names.of(frame), frame.kernel());
      node.add(weight, i == 0);
    }
  }
}
