package dev.rideau.kernel.internal.track.sched;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Details;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Symbols;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.WordKind;
import dev.rideau.kernel.schema.CpuTables;
import dev.rideau.kernel.schema.ThreadTables;

/// What runs on each CPU: rows of `sched_slice`, and the running part of `thread_state`, which is
/// cut at every interrupt, softirq and system call. Keys are CPUs.
final class CpuRuns extends Automata {
  /// The recording begins while `other` runs.
  static final int BEGIN = 0;

  /// `other` comes with the priority `b` inside `syscall`; who was there leaves in state `a`.
  static final int SWITCH = 1;

  static final int IRQ_ENTRY = 2;
  static final int IRQ_EXIT = 3;
  static final int SOFTIRQ_ENTRY = 4;
  static final int SOFTIRQ_EXIT = 5;

  /// The thread is in `syscall` from now on.
  static final int SYSCALL = 6;

  /// It is not known any more what runs.
  static final int LOST = 7;

  /// `other` is found running inside `syscall`; who was there was seen last at `a`.
  static final int APPEARS = 8;

  /// `other` comes, inside `syscall`; who was there was seen last at `a`.
  static final int COMES = 9;

  /// In place of a leaving state that is not known.
  static final int NO_LETTER = -1;

  private static final int THREAD = 0;
  private static final int SLICE_BEGIN = 1;
  private static final int PRIORITY = 2;
  private static final int ROW_BEGIN = 3;
  private static final int CALL = 4;
  private static final int MODE = 5;
  private static final int CLIPPED = 6;

  /// Number of words: the states of CPUs stand one behind the other.
  private static final int WIDTH = 7;

  private static final long IN_IRQ = 1;
  private static final long IN_SOFTIRQ = 2;

  private static final long SLICE_CLIPPED = 1;
  private static final long ROW_CLIPPED = 2;

  private final TableRows slices;
  private final TableRows states;
  private final int running;
  private final int[] letters = new int[LeavingState.values().length];

  CpuRuns(Core core) {
    super(
        core,
        KeySpace.CPU,
        WordKind.THREAD,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.SYSCALL,
        WordKind.PLAIN,
        WordKind.PLAIN);
    slices = core.rows(CpuTables.SCHED_SLICE);
    states = core.rows(ThreadTables.THREAD_STATE);
    running = core.names().id("running");
    for (LeavingState each : LeavingState.values()) {
      letters[each.ordinal()] = core.names().id(each.letter());
    }
  }

  @Override
  protected void initial(long[] words, int at) {
    words[at + THREAD] = NONE;
    words[at + SLICE_BEGIN] = NONE;
    words[at + PRIORITY] = NONE;
    words[at + ROW_BEGIN] = NONE;
    words[at + CALL] = Symbols.NONE;
    words[at + MODE] = 0;
    words[at + CLIPPED] = 0;
  }

  @Override
  protected void step(long[] words, int at, Step step, boolean isReal) {
    if (step.kind <= SWITCH) {
      if (isReal && words[at + THREAD] >= 0) {
        writeState(words, at, step.ts, 0);
        if (wasSeen(words, at, step.ts)) {
          int letter = step.a == NO_LETTER ? -1 : letters[(int) step.a];
          writeSlice(words, at, step.ts, 0, letter);
        }
      }
      words[at + THREAD] = step.other;
      words[at + SLICE_BEGIN] = step.ts;
      words[at + PRIORITY] = step.b;
      words[at + ROW_BEGIN] = step.ts;
      words[at + CALL] = step.syscall;
      words[at + MODE] = 0;
      words[at + CLIPPED] = step.kind == BEGIN ? SLICE_CLIPPED | ROW_CLIPPED : 0;
      return;
    }
    if (step.kind >= APPEARS) {
      if (isReal && words[at + THREAD] >= 0) {
        writeSeen(words, at, step.a);
      }
      words[at + THREAD] = step.other;
      words[at + SLICE_BEGIN] = step.ts;
      words[at + PRIORITY] = NONE;
      words[at + ROW_BEGIN] = step.ts;
      words[at + CALL] = step.syscall;
      words[at + MODE] = 0;
      words[at + CLIPPED] = step.kind == COMES ? 0 : SLICE_CLIPPED | ROW_CLIPPED;
      return;
    }
    if (step.kind == LOST) {
      if (isReal) {
        end(step.key, words, at, step.ts);
      }
      initial(words, at);
      return;
    }
    if (words[at + THREAD] == UNKNOWN) {
      return;
    }
    if (isReal && words[at + THREAD] >= 0) {
      writeState(words, at, step.ts, 0);
    }
    words[at + ROW_BEGIN] = step.ts;
    words[at + CLIPPED] &= ~ROW_CLIPPED;
    switch (step.kind) {
      case IRQ_ENTRY -> words[at + MODE] |= IN_IRQ;
      case IRQ_EXIT -> words[at + MODE] &= ~IN_IRQ;
      case SOFTIRQ_ENTRY -> words[at + MODE] = IN_SOFTIRQ;
      case SOFTIRQ_EXIT -> words[at + MODE] = 0;
      default -> words[at + CALL] = step.syscall;
    }
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    if (words[at + THREAD] >= 0) {
      writeState(words, at, endNs, 2);
      writeSlice(words, at, endNs, 2, -1);
    }
  }

  /// Writes what is known of a thread that left unseen.
  private void writeSeen(long[] words, int at, long seenNs) {
    long endNs = Math.max(seenNs, words[at + ROW_BEGIN]);
    writeState(words, at, endNs, 2);
    if (wasSeen(words, at, endNs)) {
      writeSlice(words, at, endNs, 2, -1);
    }
  }

  /// Whether a thread that leaves was seen to run: nobody saw the one that leaves at the moment it
  /// is found, also with the first record of all.
  private static boolean wasSeen(long[] words, int at, long ts) {
    return ts > words[at + SLICE_BEGIN] || (words[at + CLIPPED] & SLICE_CLIPPED) == 0;
  }

  private void writeState(long[] words, int at, long ts, int clippedEnd) {
    long begin = words[at + ROW_BEGIN];
    if (ts <= begin) {
      return;
    }
    long mode = words[at + MODE];
    int detail = (mode & IN_IRQ) != 0 ? Details.IRQ : mode != 0 ? Details.SOFTIRQ : Details.RUNS;
    FactBatch row = states.next();
    row.put(begin).put(ts - begin);
    row.put(((words[at + CLIPPED] & ROW_CLIPPED) != 0 ? 1 : 0) | clippedEnd);
    row.put(words[at + THREAD]).put(running).put(detail).put(at / WIDTH).put(words[at + CALL]);
    row.putNull().putNull().putNull().end();
  }

  private void writeSlice(long[] words, int at, long ts, int clippedEnd, int letter) {
    long begin = words[at + SLICE_BEGIN];
    FactBatch row = slices.next();
    row.put(begin).put(ts - begin);
    row.put((words[at + CLIPPED] & SLICE_CLIPPED) | clippedEnd);
    row.put(at / WIDTH).put(words[at + THREAD]).putOrNull(words[at + PRIORITY], NONE);
    row.putOrNull(letter, -1).end();
  }
}
