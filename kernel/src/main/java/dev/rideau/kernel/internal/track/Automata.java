package dev.rideau.kernel.internal.track;

import java.util.Arrays;

/// State machines of one kind, one for each key; the state of each is a few words.
///
/// A subclass says what a step does to the words, and writes rows where a fact is complete. The
/// same code runs in a slice, and in the join for what the slice could not decide. In a slice all
/// words of an automaton are [#UNKNOWN] at first; its steps are *dry* (they change words but must
/// write no rows) and logged, until no word is unknown any more: from then on they count. So a step
///
/// - must leave a word unknown when its new value depends on what is unknown;
/// - should make all words known when what it says settles the state (a context switch settles what
///   runs on a CPU, whatever was before).
///
/// In the join every automaton starts with [#initial] words.
public abstract class Automata {
  /// A word whose value depends on what was before the slice.
  protected static final long UNKNOWN = Long.MIN_VALUE + 1;

  /// No value: no time, nothing open.
  protected static final long NONE = Long.MIN_VALUE;

  protected final Core core;
  private final KeySpace space;
  private final WordKind[] kinds;
  private final int index;
  private StateTable table;

  /// Makes automata with a word for each of `kinds`.
  protected Automata(Core core, KeySpace space, WordKind... kinds) {
    this.core = core;
    this.space = space;
    this.kinds = kinds.clone();
    index = core.add(this);
    table = newTable();
  }

  /// Does to the state at `words[at ..]` what `step` says.
  ///
  /// @param isReal whether rows may be written; if not, words may be [#UNKNOWN]
  protected abstract void step(long[] words, int at, Step step, boolean isReal);

  /// Writes the state of an automaton that nothing happened to since the recording began, for
  /// instance [#NONE] into all words. Thrown away states with such words are equal to none, so keys
  /// that are many should come back to it.
  protected void initial(long[] words, int at) {
    Arrays.fill(words, at, at + kinds.length, NONE);
  }

  /// Writes rows for what is open when the recording ends; in the join only.
  protected void end(long key, long[] words, int at, long endNs) {}

  /// Passes a step to the automaton with that key. A negative key of a thread is none: nothing
  /// happens.
  public final void feed(long key, Step step) {
    step.key = key;
    if (key < 0 && space != KeySpace.NUMBER) {
      return;
    }
    StateTable states = table;
    int slot = states.acquire(key);
    int width = kinds.length;
    if (slot < 0) {
      slot = -1 - slot;
      if (core.isJoin()) {
        initial(states.words(), slot * width);
        states.settle(slot);
      } else {
        Arrays.fill(states.words(), slot * width, slot * width + width, UNKNOWN);
      }
    }
    if (states.isKnown(slot)) {
      step(states.words(), slot * width, step, true);
    } else {
      core.log().add(index, step);
      long[] words = states.words();
      step(words, slot * width, step, false);
      if (isSettled(words, slot * width, width)) {
        states.settle(slot);
      }
    }
  }

  private static boolean isSettled(long[] words, int at, int width) {
    for (int i = at; i < at + width; i++) {
      if (words[i] == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  final KeySpace space() {
    return space;
  }

  final int width() {
    return kinds.length;
  }

  final WordKind kind(int word) {
    return kinds[word];
  }

  final StateTable newTable() {
    return new StateTable(kinds.length, space);
  }

  final StateTable table() {
    return table;
  }

  final void attach(StateTable states) {
    table = states;
  }

  /// Gives the automaton of a key back when it is as at first; in the join.
  final void releaseIfInitial(int slot) {
    if (space == KeySpace.NUMBER) {
      long[] fresh = core.scratch(kinds.length);
      initial(fresh, 0);
      int at = slot * kinds.length;
      if (Arrays.equals(table.words(), at, at + kinds.length, fresh, 0, kinds.length)) {
        table.release(slot);
      }
    }
  }
}
