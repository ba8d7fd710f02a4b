package dev.rideau.kernel.internal.track;

/// Something that is tracked in the join only, in the order of time: slices log its steps.
///
/// For what happens seldom and depends on much: who is forked by whom, descriptors that are copied.
public abstract class Sequence extends Automata {
  /// Makes a sequence.
  protected Sequence(Core core) {
    super(core, KeySpace.CPU, WordKind.PLAIN);
  }

  /// Does what the step says; called in the join, with indexes of threads.
  protected abstract void step(Step step);

  /// Passes a step on.
  public final void feed(Step step) {
    feed(0, step);
  }

  @Override
  protected final void step(long[] words, int at, Step step, boolean isReal) {
    if (isReal) {
      step(step);
    }
  }
}
