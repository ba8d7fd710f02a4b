package dev.rideau.perf.internal.flame;

import java.util.Collection;
import java.util.TreeMap;

/// A function in a tree of calls, with the weight of all samples in it.
public final class StackNode {
  private final String name;
  private final boolean kernel;
  private final TreeMap<String, StackNode> callees = new TreeMap<>();
  private long self;
  private long total;

  StackNode(String name, boolean kernel) {
    this.name = name;
    this.kernel = kernel;
  }

  /// The function called `name` that this one calls.
  StackNode callee(String name, boolean inKernel) {
    return callees.computeIfAbsent(
        inKernel ? name + '\0' : name, _ -> new StackNode(name, inKernel));
  }

  /// Adds a sample that passes through this function or ends in it.
  void add(long weight, boolean ends) {
    total += weight;
    self += ends ? weight : 0;
  }

  /// The name of the function.
  public String name() {
    return name;
  }

  /// Whether it is a function of the kernel.
  public boolean isKernel() {
    return kernel;
  }

  /// Weight of samples that end in it.
  public long self() {
    return self;
  }

  /// Weight of samples that pass through it or end in it.
  public long total() {
    return total;
  }

  /// The functions that it calls, by name.
  public Collection<StackNode> callees() {
    return callees.values();
  }

  /// How many levels there are below it.
  public int depth() {
    int deepest = 0;
    for (StackNode callee : callees.values()) {
      deepest = Math.max(deepest, 1 + callee.depth());
    }
    return deepest;
  }
}
