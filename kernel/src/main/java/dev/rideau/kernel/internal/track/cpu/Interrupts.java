package dev.rideau.kernel.internal.track.cpu;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.WordKind;

/// What each CPU handles, of a kind that does not nest: from an entry to the exit of the same.
///
/// Of a step, `a` is what is handled, which entry and exit tell, `b` what else each of them tells.
abstract class Interrupts extends Automata {
  static final int ENTRY = 0;
  static final int EXIT = 1;
  static final int LOST = 2;

  private static final int SINCE = 0;
  private static final int WHAT = 1;
  private static final int ENTERED = 2;
  private static final int THREAD = 3;

  final TableRows rows;

  Interrupts(Core core, FactTable table) {
    super(core, KeySpace.CPU, WordKind.PLAIN, WordKind.PLAIN, WordKind.PLAIN, WordKind.THREAD);
    rows = core.rows(table);
  }

  /// An interrupt from `since` to `end`.
  ///
  /// @param what that which was handled
  /// @param entered what else its entry told
  /// @param left what else its exit told, or none
  abstract void write(
      long since, long end, int clipped, long cpu, long what, long entered, long thread, long left);

  @Override
  protected final void step(long[] words, int at, Step step, boolean isReal) {
    if (step.kind == ENTRY) {
      words[at + SINCE] = step.ts;
      words[at + WHAT] = step.a;
      words[at + ENTERED] = step.b;
      words[at + THREAD] = step.thread;
      return;
    }
    if (isReal && step.kind == LOST) {
      end(step.key, words, at, step.ts);
    } else if (isReal && words[at + SINCE] != NONE && words[at + WHAT] == step.a) {
      write(words, at, step.key, step.ts, 0, step.b);
    }
    initial(words, at);
  }

  @Override
  protected final void end(long key, long[] words, int at, long endNs) {
    if (words[at + SINCE] != NONE) {
      write(words, at, key, endNs, 2, NONE);
    }
  }

  private void write(long[] words, int at, long cpu, long end, int clipped, long left) {
    write(
        words[at + SINCE],
        end,
        clipped,
        cpu,
        words[at + WHAT],
        words[at + ENTERED],
        words[at + THREAD],
        left);
  }
}
