package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.TextPool;
import java.util.Arrays;

/// Steps in the order of time that wait for the join. Owned by one thread at a time.
public final class StepLog {
  private static final int WIDTH = 14;

  private long[] words = new long[WIDTH * 256];
  private int size;
  private final TextPool texts = new TextPool();

  /// Number of steps.
  public int size() {
    return size;
  }

  /// Keeps a step of the automata with that index.
  public void add(int automata, Step step) {
    int at = size * WIDTH;
    if (at == words.length) {
      words = Arrays.copyOf(words, at * 2);
    }
    long[] into = words;
    into[at] = automata | (long) step.kind << 32;
    into[at + 1] = step.ts;
    into[at + 2] = step.cpu;
    into[at + 3] = step.key;
    into[at + 4] = step.thread;
    into[at + 5] = step.other;
    into[at + 6] = step.syscall;
    into[at + 7] = step.context;
    into[at + 8] = step.a;
    into[at + 9] = step.b;
    into[at + 10] = step.c;
    into[at + 11] = step.d;
    into[at + 12] =
        step.textTo == step.textFrom ? 0 : texts.add(step.textBytes, step.textFrom, step.textTo);
    size++;
  }

  /// Fills `step` with the one at `index`.
  ///
  /// @return the index of its automata
  public int read(int index, Step step) {
    int at = index * WIDTH;
    step.kind = (int) (words[at] >>> 32);
    step.ts = words[at + 1];
    step.cpu = (int) words[at + 2];
    step.key = words[at + 3];
    step.thread = (int) words[at + 4];
    step.other = (int) words[at + 5];
    step.syscall = words[at + 6];
    step.context = words[at + 7];
    step.a = words[at + 8];
    step.b = words[at + 9];
    step.c = words[at + 10];
    step.d = words[at + 11];
    long text = words[at + 12];
    int from = TextPool.offset(text);
    step.text(texts.bytes(), from, from + TextPool.length(text));
    return (int) words[at];
  }

  /// Forgets all steps.
  public void clear() {
    size = 0;
    texts.clear();
  }
}
