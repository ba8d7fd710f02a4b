package dev.rideau.kernel.internal.track.sched;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.Contexts;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Details;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Symbols;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.WordKind;
import dev.rideau.kernel.schema.ThreadTables;

/// What threads are while they do not run: the rest of `thread_state`, and `wakeup`. Keys are
/// threads.
final class OffCpu extends Automata {
  /// It is switched in.
  static final int IN = 0;

  /// It is switched out into the state `a` inside `syscall`.
  static final int OUT = 1;

  /// `thread` wakes it in `context`, for the CPU `b`.
  static final int WAKING = 2;

  /// The wakeup is through, for the CPU `b`; the same as [#WAKING] where that is not recorded.
  static final int WAKEUP = 3;

  /// As [#WAKING], the first after its fork.
  static final int WAKING_NEW = 4;

  /// It was forked.
  static final int FORK = 5;

  /// It is gone for good.
  static final int FREE = 6;

  /// The state dump found it in the state `a`.
  static final int DUMP = 7;

  /// It runs when the recording begins.
  static final int BEGIN = 8;

  /// It left the CPU unseen; it was seen there last at `a`.
  static final int MISSED = 9;

  /// It is found running; until `a` another thread was seen there.
  static final int APPEARS = 10;

  /// It moves to the CPU `b`; told where only some CPUs are recorded.
  static final int MIGRATE = 11;

  // States; a gap between NEVER and the others, for what is not off a CPU.
  static final int NEVER = 0;
  static final int RUNNING = 1;
  static final int GONE = 2;
  static final int PREEMPTED = 3;
  static final int WOKEN = 4;
  static final int NEW = 5;
  static final int SLEEPING = 6;
  static final int UNINTERRUPTIBLE = 7;
  static final int STOPPED = 8;
  static final int DEAD = 9;
  static final int UNCERTAIN = 10;

  /// It waits, nobody tells how.
  static final int ASLEEP = 11;

  /// Where only some CPUs are recorded: somebody wakes it, no [#WAKEUP] told yet for which CPU.
  static final int ANNOUNCED = 12;

  /// How long a wakeup may take until it is through. One that comes later is another one: what
  /// happened between was on a CPU that is not recorded.
  private static final long MOST_WAKING_NS = 1_000_000;

  private static final int STATE = 0;
  private static final int SINCE = 1;
  private static final int CLIPPED = 2;
  private static final int CALL = 3;
  private static final int WAKER = 4;
  private static final int CONTEXT = 5;
  private static final int WAKE_TS = 6;
  private static final int WAKE_CPU = 7;
  private static final int TARGET_CPU = 8;
  private static final int BLOCKED = 9;
  private static final int IS_NEW = 10;
  private static final int CPU = 11;

  private final TableRows states;
  private final TableRows wakeups;
  private final boolean hasWaking;
  private final boolean hasWakeups;

  /// Whether a thread may run on CPUs that are not recorded.
  private final boolean isChosen;

  private final int runnable;
  private final int blocked;
  private final int stopped;
  private final int dead;
  private final int unknown;

  OffCpu(Core core, boolean hasWaking) {
    super(
        core,
        KeySpace.THREAD,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.SYSCALL,
        WordKind.THREAD,
        WordKind.CONTEXT,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN);
    this.hasWaking = hasWaking;
    hasWakeups = hasWaking || core.isRecorded(ModelEvent.SCHED_WAKEUP);
    isChosen = core.coverage().isChosen();
    states = core.rows(ThreadTables.THREAD_STATE);
    wakeups = core.rows(ThreadTables.WAKEUP);
    runnable = core.names().id("runnable");
    blocked = core.names().id("blocked");
    stopped = core.names().id("stopped");
    dead = core.names().id("dead");
    unknown = core.names().id("unknown");
  }

  @Override
  protected void initial(long[] words, int at) {
    become(words, at, NEVER, core.beginNs(), Symbols.NONE);
    words[at + CLIPPED] = 1;
  }

  @Override
  protected void step(long[] words, int at, Step step, boolean isReal) {
    if (isReal) {
      lose(words, at, step.ts);
      loseTarget(words, at, step);
    }
    switch (step.kind) {
      case IN -> {
        if (isReal) {
          if (hasWakeups && isAsleep((int) words[at + STATE])) {
            doubt(words, at, step, core.gaps().lastBefore(step.ts));
          }
          boolean isAnnounced = words[at + STATE] == ANNOUNCED;
          writeState(words, at, step, 0);
          writeWakeup(words, at, step, isAnnounced ? NONE : step.ts - words[at + WAKE_TS]);
        }
        become(words, at, RUNNING, step.ts, Symbols.NONE);
        words[at + CPU] = step.cpu;
      }
      case OUT -> {
        if (isReal && words[at + STATE] != NEVER) {
          if (words[at + STATE] != RUNNING) {
            doubt(words, at, step, core.gaps().lastBefore(step.cpu, step.ts));
          }
          writeState(words, at, step, 0);
          writeWakeup(words, at, step, NONE);
        }
        // Where only some CPUs are recorded it may run on any of the others.
        int state = isChosen ? UNCERTAIN : (int) step.a;
        become(words, at, state, step.ts, step.syscall);
        words[at + CPU] = step.cpu;
      }
      case BEGIN -> {
        become(words, at, RUNNING, step.ts, Symbols.NONE);
        words[at + CPU] = step.cpu;
      }
      case FORK -> {
        if (isReal && words[at + STATE] != NEVER) {
          writeState(words, at, step, 0);
          writeWakeup(words, at, step, NONE);
        }
        become(words, at, isChosen ? UNCERTAIN : NEW, step.ts, Symbols.NONE);
      }
      case FREE -> {
        if (isReal) {
          writeState(words, at, step, 0);
          writeWakeup(words, at, step, NONE);
        }
        become(words, at, GONE, step.ts, Symbols.NONE);
      }
      case MISSED -> {
        if (words[at + STATE] == RUNNING && words[at + CPU] == step.cpu) {
          become(words, at, UNCERTAIN, Math.max(step.a, words[at + SINCE]), Symbols.NONE);
        }
      }
      case APPEARS -> {
        if (isReal) {
          appear(words, at, step);
        }
        become(words, at, RUNNING, step.ts, Symbols.NONE);
        words[at + CPU] = step.cpu;
      }
      case DUMP -> {
        if (words[at + STATE] == NEVER) {
          words[at + STATE] = step.a;
        }
      }
      case MIGRATE -> {
        if (words[at + STATE] == WOKEN || words[at + STATE] == NEW) {
          words[at + TARGET_CPU] = step.b;
        }
      }
      default -> {
        if (words[at + STATE] != UNKNOWN) {
          if (isChosen && wokenElsewhere(words, at, step)) {
            return;
          }
          wake(words, at, step, isReal);
        }
      }
    }
  }

  /// A thread that runs where records are missing may not run any more.
  private void lose(long[] words, int at, long ts) {
    if (words[at + STATE] == RUNNING) {
      long lostNs = core.gaps().firstFrom((int) words[at + CPU], words[at + SINCE]);
      if (lostNs != Gaps.NONE && lostNs < ts) {
        become(words, at, UNCERTAIN, lostNs, Symbols.NONE);
      }
    }
  }

  /// Who waits for a CPU that is not recorded may run there, and sleep, and whatever.
  private void loseTarget(long[] words, int at, Step step) {
    int state = (int) words[at + STATE];
    if (state != WOKEN && state != NEW && state != PREEMPTED) {
      return;
    }
    long cpu = words[at + (state == PREEMPTED ? CPU : TARGET_CPU)];
    long lostNs = core.coverage().lostFrom(cpu, words[at + SINCE]);
    if (lostNs < step.ts) {
      forgetWakeup(words, at, step, lostNs);
    }
  }

  /// How long it waits for a CPU is not known any more.
  private void forgetWakeup(long[] words, int at, Step step, long lostNs) {
    writeWakeup(words, at, step, NONE);
    doubt(words, at, step, lostNs);
    words[at + WAKE_TS] = NONE;
  }

  /// A thread that is woken while it waits for a CPU has run on one that is not recorded.
  ///
  /// @return whether the step tells no more than that
  private boolean wokenElsewhere(long[] words, int at, Step step) {
    int state = (int) words[at + STATE];
    if (state != WOKEN && state != NEW && state != ANNOUNCED) {
      return false;
    }
    boolean isSame = state == ANNOUNCED && step.ts - words[at + WAKE_TS] <= MOST_WAKING_NS;
    if (step.kind == WAKEUP && isSame) {
      words[at + STATE] = WOKEN;
      words[at + TARGET_CPU] = step.b;
      return true;
    }
    forgetWakeup(words, at, step, words[at + SINCE]);
    return step.kind == WAKEUP;
  }

  /// What happens now cannot follow from the state: something was lost since `lostNs`.
  private void doubt(long[] words, int at, Step step, long lostNs) {
    long since = words[at + SINCE];
    if (lostNs == Gaps.NONE || lostNs >= step.ts) {
      return;
    }
    long ts = step.ts;
    step.ts = Math.max(since, lostNs);
    writeState(words, at, step, 2);
    step.ts = ts;
    words[at + STATE] = UNCERTAIN;
    words[at + SINCE] = Math.max(since, lostNs);
    words[at + CLIPPED] = 0;
    words[at + CALL] = Symbols.NONE;
  }

  /// Between the last time somebody else was seen on the CPU and now it came there.
  private void appear(long[] words, int at, Step step) {
    int state = (int) words[at + STATE];
    if (state >= PREEMPTED && state != UNCERTAIN) {
      doubt(words, at, step, Math.max(step.a, core.gaps().lastBefore(step.ts)));
    }
    writeState(words, at, step, 0);
    writeWakeup(words, at, step, NONE);
  }

  private void wake(long[] words, int at, Step step, boolean isReal) {
    int state = (int) words[at + STATE];
    boolean isPending = words[at + WAKE_TS] != NONE;
    if (step.kind == WAKEUP && (isPending || hasWaking && !isAsleep(state))) {
      words[at + TARGET_CPU] = step.b;
      return;
    }
    if (step.kind == WAKING && isPending && state == WOKEN) {
      // Issued twice: the first one counts.
      return;
    }
    boolean wasAsleep = isAsleep(state) || state == NEVER || state == UNCERTAIN;
    if (isReal && wasAsleep) {
      writeState(words, at, step, 0);
    }
    words[at + WAKER] = step.thread;
    words[at + CONTEXT] = step.context;
    words[at + WAKE_TS] = step.ts;
    words[at + WAKE_CPU] = step.cpu;
    words[at + TARGET_CPU] = step.b;
    words[at + IS_NEW] = step.kind == WAKING_NEW ? 1 : 0;
    words[at + BLOCKED] =
        isAsleep(state) && words[at + CLIPPED] == 0 ? step.ts - words[at + SINCE] : NONE;
    if (wasAsleep) {
      words[at + STATE] = stateOfWoken(step.kind);
      words[at + SINCE] = step.ts;
      words[at + CLIPPED] = 0;
    } else if (state != NEW) {
      // It runs, or waits for a CPU already: a wakeup without latency.
      if (isReal) {
        writeWakeup(words, at, step, NONE);
      }
      words[at + WAKE_TS] = NONE;
    }
  }

  private int stateOfWoken(int kind) {
    if (kind == WAKING_NEW) {
      return NEW;
    }
    boolean isToldTwice = hasWaking && core.isRecorded(ModelEvent.SCHED_WAKEUP);
    return isChosen && isToldTwice && kind == WAKING ? ANNOUNCED : WOKEN;
  }

  private static boolean isAsleep(int state) {
    return state == SLEEPING || state == UNINTERRUPTIBLE || state == STOPPED || state == ASLEEP;
  }

  private static void become(long[] words, int at, int state, long ts, long syscall) {
    words[at + STATE] = state;
    words[at + SINCE] = ts;
    words[at + CLIPPED] = 0;
    words[at + CALL] = syscall;
    words[at + WAKER] = NONE;
    words[at + CONTEXT] = Contexts.THREAD;
    words[at + WAKE_TS] = NONE;
    words[at + WAKE_CPU] = NONE;
    words[at + TARGET_CPU] = NONE;
    words[at + BLOCKED] = NONE;
    words[at + IS_NEW] = 0;
    words[at + CPU] = NONE;
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    if (words[at + STATE] == NEVER) {
      return;
    }
    lose(words, at, endNs);
    Step step = core.step(IN, endNs, 0);
    step.key = key;
    loseTarget(words, at, step);
    writeState(words, at, step, 2);
    writeWakeup(words, at, step, NONE);
  }

  private void writeState(long[] words, int at, Step step, int clippedEnd) {
    int state = (int) words[at + STATE];
    long since = words[at + SINCE];
    if (state == RUNNING || state == GONE || step.ts <= since) {
      return;
    }
    FactBatch row = states.next();
    row.put(since).put(step.ts - since).put(words[at + CLIPPED] | clippedEnd).put(step.key);
    switch (state) {
      case PREEMPTED -> row.put(runnable).put(Details.PREEMPTED);
      case WOKEN -> row.put(runnable).put(Details.WOKEN);
      case NEW -> row.put(runnable).put(Details.NEW);
      case SLEEPING, ASLEEP -> row.put(blocked).put(Details.SLEEPS);
      case UNINTERRUPTIBLE -> row.put(blocked).put(Details.SLEEPS_UNINTERRUPTIBLY);
      case STOPPED -> row.put(stopped).put(Details.NONE);
      case DEAD -> row.put(dead).put(Details.NONE);
      default -> row.put(unknown).put(Details.NONE);
    }
    row.putNull().put(words[at + CALL]);
    if (state == SLEEPING || state == UNINTERRUPTIBLE) {
      row.put(state == UNINTERRUPTIBLE);
    } else {
      row.putNull();
    }
    if (state == WOKEN) {
      row.put(words[at + WAKER]).put(words[at + CONTEXT]);
    } else if (state == UNINTERRUPTIBLE) {
      // In which context the wait ends tells why it was; there is no waker in this row.
      row.putNull().put(step.context);
    } else {
      row.putNull().putNull();
    }
    row.end();
  }

  private void writeWakeup(long[] words, int at, Step step, long latency) {
    long ts = words[at + WAKE_TS];
    if (ts == NONE) {
      return;
    }
    FactBatch row = wakeups.next();
    row.put(ts).put(step.key).put(words[at + WAKE_CPU]).put(words[at + WAKER]);
    row.put(words[at + CONTEXT]).put(words[at + CONTEXT]).putOrNull(words[at + TARGET_CPU], NONE);
    row.put(words[at + IS_NEW]).putOrNull(latency, NONE).putOrNull(words[at + BLOCKED], NONE);
    row.end();
  }
}
