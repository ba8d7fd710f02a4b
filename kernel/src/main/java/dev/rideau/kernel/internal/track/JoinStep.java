package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.TextPool;
import java.util.List;

/// The part of the join that concerns automata: replays what a slice logged and adopts the states
/// in which it left the others. The slices come in the order of time. Owned by one thread at a
/// time.
public final class JoinStep {
  private static final int LEAST_TEXT_BYTES = 1 << 20;

  private final Core join;
  private final Step step = new Step();

  /// Bytes of texts that were in use when they were looked at last.
  private int textBytes;

  /// For the automata of the join's core, which were made in the same order as those of the slices.
  public JoinStep(Core join) {
    this.join = join;
  }

  /// Continues with a slice whose [Resolution] is complete.
  public void accept(SliceState slice) {
    Resolution resolution = slice.resolution();
    join.uses(slice.uses);
    List<Automata> automata = join.automata();
    StepLog log = slice.log;
    for (int i = 0; i < log.size(); i++) {
      Automata each = automata.get(log.read(i, step));
      step.thread = resolution.thread(step.thread);
      step.other = resolution.thread(step.other);
      step.syscall = resolution.syscall(step.syscall);
      step.context = resolution.context(step.context);
      long key = key(each.space(), step.key, resolution);
      each.feed(key, step);
      releaseIfInitial(each, key);
    }
    for (int i = 0; i < automata.size(); i++) {
      adopt(automata.get(i), slice.tables.get(i), slice);
    }
    dropTexts();
  }

  private static void releaseIfInitial(Automata each, long key) {
    if (each.space() == KeySpace.NUMBER) {
      each.releaseIfInitial(each.table().acquire(key));
    }
  }

  private static long key(KeySpace space, long key, Resolution resolution) {
    return switch (space) {
      case CPU, NUMBER -> key;
      case THREAD -> resolution.thread((int) key);
      case BODY -> resolution.bodies[(int) key];
    };
  }

  private void adopt(Automata each, StateTable local, SliceState slice) {
    Resolution resolution = slice.resolution();
    StateTable global = each.table();
    int width = each.width();
    for (int i = 0; i < local.usedCount(); i++) {
      int from = local.used(i);
      long key = key(each.space(), local.key(from), resolution);
      if (!local.isKnown(from) || key < 0 && each.space() != KeySpace.NUMBER) {
        continue;
      }
      int to = global.acquire(key);
      to = to < 0 ? -1 - to : to;
      global.settle(to);
      for (int word = 0; word < width; word++) {
        global.words()[to * width + word] =
            translate(each.kind(word), local.words()[from * width + word], resolution, slice.texts);
      }
      each.releaseIfInitial(to);
    }
    if (each.space() == KeySpace.NUMBER) {
      global.forgetOrder();
    }
  }

  private long translate(WordKind kind, long word, Resolution resolution, TextPool texts) {
    return switch (kind) {
      case PLAIN -> word;
      case THREAD -> word < 0 ? word : resolution.thread((int) word);
      case SYSCALL -> resolution.syscall(word);
      case CONTEXT -> resolution.context(word);
      case TEXT -> word < 0 ? word : copy(word, texts, join.texts());
    };
  }

  private static long copy(long handle, TextPool from, TextPool to) {
    int offset = TextPool.offset(handle);
    return to.add(from.bytes(), offset, offset + TextPool.length(handle));
  }

  /// Keeps only the texts that states still refer to, once the others may be as many.
  private void dropTexts() {
    TextPool old = join.texts();
    if (old.sizeBytes() < 2 * textBytes + LEAST_TEXT_BYTES) {
      return;
    }
    TextPool kept = new TextPool();
    for (Automata each : join.automata()) {
      for (int word = 0; word < each.width(); word++) {
        if (each.kind(word) == WordKind.TEXT) {
          keepTexts(each, word, old, kept);
        }
      }
    }
    textBytes = kept.sizeBytes();
    join.texts(kept);
  }

  private static void keepTexts(Automata each, int word, TextPool old, TextPool kept) {
    StateTable states = each.table();
    for (int slot = 0; slot < states.slotCount(); slot++) {
      int at = slot * each.width() + word;
      if (states.isUsed(slot) && states.words()[at] >= 0) {
        states.words()[at] = copy(states.words()[at], old, kept);
      }
    }
  }

  /// Ends what is open at the end of the recording.
  public void end(long endNs) {
    for (Automata each : join.automata()) {
      StateTable states = each.table();
      for (int slot = 0; slot < states.slotCount(); slot++) {
        if (states.isUsed(slot)) {
          each.end(states.key(slot), states.words(), slot * each.width(), endNs);
        }
      }
    }
  }

  /// Rows that the join wrote since the call before, with indexes of threads in them.
  public List<FactBatch> takeRows() {
    join.flush();
    List<FactBatch> rows = List.copyOf(join.slice().batches());
    join.slice().batches().clear();
    return rows;
  }
}
