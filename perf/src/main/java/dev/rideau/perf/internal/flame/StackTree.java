package dev.rideau.perf.internal.flame;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.SampledTrace.SampleSink;
import dev.rideau.trace.StackFrame;
import java.util.List;

/// Adds samples up into a tree of calls: all, threads by name, functions from the outermost on.
public final class StackTree implements SampleSink {
  private final StackNode root = new StackNode("all", false);
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
      List<StackFrame> frames) {
    long weight = byPeriod ? period : 1;
    root.add(weight, false);
    StackNode node = root.callee(comm.isEmpty() ? "[unknown]" : comm, false);
    node.add(weight, frames.isEmpty());
    for (int i = frames.size() - 1; i >= 0; i--) {
      StackFrame frame = frames.get(i);
      node = node.callee(name(frame), frame.inKernel());
      node.add(weight, i == 0);
    }
  }

  /// The function, or the file in brackets where none is known.
  private static String name(StackFrame frame) {
    if (frame.function() != null) {
      return frame.function();
    }
    String file = frame.module();
    return file == null ? "[unknown]" : "[" + file.substring(file.lastIndexOf('/') + 1) + "]";
  }
}
