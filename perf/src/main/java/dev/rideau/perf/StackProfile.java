package dev.rideau.perf;

import dev.rideau.perf.internal.flame.CollapsedStacks;
import dev.rideau.perf.internal.flame.FlameSvg;
import dev.rideau.perf.internal.flame.FrameRows;
import dev.rideau.perf.internal.flame.ProfileReader;
import dev.rideau.perf.internal.flame.StackNode;
import dev.rideau.perf.internal.flame.StackTree;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;

/// The samples of recordings added up by their call chains. Immutable.
public final class StackProfile {
  private final StackNode root;
  private final Weight weight;

  private StackProfile(StackNode root, Weight weight) {
    this.root = root;
    this.weight = weight;
  }

  /// What a sample counts.
  public enum Weight {
    /// One.
    SAMPLES("samples"),
    /// The events since the sample before, for `cpu-clock` nanoseconds.
    PERIOD("events");

    private final String unit;

    Weight(String unit) {
      this.unit = unit;
    }
  }

  /// Whether samples can be added up: the trace was recorded by perf.
  public static boolean isPossible(Trace trace) {
    return trace instanceof PerfTrace;
  }

  /// Adds up samples.
  ///
  /// @param traces those for which [#isPossible(Trace)]
  /// @param wanted which events
  public static StackProfile of(
      List<Trace> traces, Predicate<EventClass> wanted, Weight weight, DiagnosticSink diagnostics) {
    StackTree tree = new StackTree(weight == Weight.PERIOD);
    ProfileReader.read(perfTraces(traces), wanted, tree, diagnostics);
    return new StackProfile(tree.root(), weight);
  }

  /// Writes samples as CSV, one row for each function of each call chain.
  ///
  /// @return how many samples there are
  public static long writeFrames(
      List<Trace> traces, Predicate<EventClass> wanted, Appendable out, DiagnosticSink diagnostics)
      throws IOException {
    FrameRows rows = new FrameRows(out);
    try {
      ProfileReader.read(perfTraces(traces), wanted, rows, diagnostics);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    return rows.samples();
  }

  private static List<PerfTrace> perfTraces(List<Trace> traces) {
    return traces.stream().map(PerfTrace.class::cast).toList();
  }

  /// The weight of all samples.
  public long total() {
    return root.total();
  }

  /// Writes stacks as lines `outer;inner 42`.
  public void writeCollapsed(Appendable out) throws IOException {
    CollapsedStacks.write(root, out);
  }

  /// Writes a flame graph.
  public void writeSvg(String title, Appendable out) throws IOException {
    FlameSvg.write(root, title, weight.unit, out);
  }
}
