package dev.rideau.perf.internal.flame;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Stacks as lines: functions from the outermost to the innermost between semicolons, then the
/// weight. Functions of the kernel end with `_[k]`.
public final class CollapsedStacks {
  private CollapsedStacks() {}

  /// Writes the stacks below a root, in the order of names.
  public static void write(StackNode root, Appendable out) throws IOException {
    Deque<String> path = new ArrayDeque<>();
    for (StackNode callee : root.callees()) {
      write(callee, path, out);
    }
  }

  private static void write(StackNode node, Deque<String> path, Appendable out) throws IOException {
    path.addLast(node.name().replace(';', ':') + (node.isKernel() ? "_[k]" : ""));
    if (node.self() > 0) {
      out.append(String.join(";", path)).append(' ');
      out.append(Long.toString(node.self())).append('\n');
    }
    for (StackNode callee : node.callees()) {
      write(callee, path, out);
    }
    path.removeLast();
  }
}
