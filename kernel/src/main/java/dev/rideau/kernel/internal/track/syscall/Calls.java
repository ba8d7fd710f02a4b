package dev.rideau.kernel.internal.track.syscall;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.TextPool;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.WordKind;
import dev.rideau.kernel.internal.track.file.DescriptorSteps;
import dev.rideau.kernel.internal.track.memory.BreakSteps;
import dev.rideau.kernel.schema.SyscallTables;
import org.jspecify.annotations.Nullable;

/// The system call that each running thread is in: rows of `syscall`, and what follows from the
/// return of a call. Keys are bodies; every step tells all of the state.
///
/// The text of a step is a path or an address, of which `d` tells the length, and then the
/// arguments.
final class Calls extends Automata {
  /// `thread` enters `syscall`: descriptors in `a`, length `b`, offset or address `c`.
  static final int ENTRY = 0;

  /// `syscall` (-1 when that is not told) returns `a`; it made the two descriptors in `b`.
  static final int EXIT = 1;

  /// The thread is gone.
  static final int END = 2;

  /// It is not known any more what the thread does.
  static final int LOST = 3;

  static final int NO_FD = Integer.MIN_VALUE;

  /// Stands for an argument that is not recorded.
  static final long ABSENT = NONE;

  private static final int SINCE = 0;
  private static final int NAME = 1;
  private static final int THREAD = 2;
  private static final int FDS = 3;
  private static final int LENGTH = 4;
  private static final int OFFSET = 5;
  private static final int DETAIL = 6;
  private static final int CPU = 7;
  private static final int TEXT = 8;

  /// In the word [#SINCE]: it is in no call.
  private static final long OUTSIDE = NONE + 2;

  private static final byte[] COMMA = {',', ' '};

  private final @Nullable People people;
  private final TableRows rows;
  private final CallEffects effects;
  private final ErrorNames errors;
  private final Call call = new Call();
  private final boolean areEntriesKnown;
  private final boolean areExitsKnown;

  /// Ids of the calls that do not return.
  private final int exit;

  private final int exitGroup;

  /// The call that ends a signal's handler: the thread goes on where it was, no exit is recorded.
  private final int signalReturn;

  private final ByteText args = new ByteText(2 * SyscallTracker.MOST_ARGS_BYTES + 16);

  Calls(Core core, DescriptorSteps descriptors, BreakSteps breaks, @Nullable People people) {
    super(
        core,
        KeySpace.BODY,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.THREAD,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.PLAIN,
        WordKind.TEXT);
    this.people = people;
    rows = core.rows(SyscallTables.SYSCALL);
    areEntriesKnown = core.isSeen(ModelEvent.SYSCALL_ENTRY);
    areExitsKnown = core.isSeen(ModelEvent.SYSCALL_EXIT);
    exit = core.names().id("exit");
    exitGroup = core.names().id("exit_group");
    signalReturn = core.names().id("rt_sigreturn");
    errors = new ErrorNames(core.names());
    effects = new CallEffects(core, descriptors, breaks, errors);
  }

  /// Two descriptors in one word.
  static long pair(int first, int second) {
    return first & 0xffff_ffffL | (long) second << 32;
  }

  /// ```
  /// flags (32 bits) | kind of the call (16 bits) | length of the path or address (16 bits)
  /// ```
  static long detail(int kind, int flags, int nameLength) {
    return (long) flags << 32 | (long) kind << 16 | nameLength;
  }

  private static int kindOf(long detail) {
    return (int) (detail >>> 16) & 0xffff;
  }

  private static int nameLengthOf(long detail) {
    return (int) detail & 0xffff;
  }

  @Override
  protected void step(long[] words, int at, Step step, boolean isReal) {
    if (isReal) {
      cut(words, at, step.ts);
      if (step.kind == EXIT) {
        exit(words, at, step);
      } else if (isInCall(words[at + SINCE])) {
        writeUnreturned(words, at, step);
      }
    } else if (step.kind == EXIT) {
      effects.unclear();
    }
    if (step.kind == ENTRY) {
      words[at + SINCE] = step.ts;
      words[at + NAME] = step.syscall;
      words[at + THREAD] = step.thread;
      words[at + FDS] = step.a;
      words[at + LENGTH] = step.b;
      words[at + OFFSET] = step.c;
      words[at + DETAIL] = step.d;
      words[at + CPU] = step.cpu;
      words[at + TEXT] = core.texts().add(step.textBytes, step.textFrom, step.textTo);
      if (isReal) {
        effects.entered(CallKind.at(kindOf(step.d)), (int) (step.d >>> 32), step.thread, step.ts);
      }
    } else {
      initial(words, at);
      words[at + SINCE] = OUTSIDE;
    }
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    if (isInCall(words[at + SINCE])) {
      end(words, at, Math.min(endNs, core.recordings().end(words[at + SINCE])));
    }
  }

  private void end(long[] words, int at, long endNs) {
    if (isInCall(words[at + SINCE])) {
      boolean lasts = lasts((int) words[at + NAME]);
      call.begin(words[at + SINCE], lasts ? endNs : words[at + SINCE], lasts ? 2 : 0);
      pending(words, at);
      write(words[at + CPU], NONE, NONE, -1);
    }
  }

  /// Whether a call goes on as long as its exit is not recorded.
  private boolean lasts(int name) {
    return name == exit || name == exitGroup || areExitsKnown && name != signalReturn;
  }

  private static boolean isInCall(long since) {
    return since != NONE && since != OUTSIDE && since != UNKNOWN;
  }

  private void exit(long[] words, int at, Step step) {
    long since = words[at + SINCE];
    boolean isNamed = step.syscall >= 0;
    if (isInCall(since) && isNamed && step.syscall != words[at + NAME]) {
      writeUnreturned(words, at, step);
      return;
    }
    if (isInCall(since)) {
      call.begin(since, step.ts, 0);
      pending(words, at);
    } else if (since == NONE && areEntriesKnown && isNamed && isOlder(step.thread, step.ts)) {
      call.begin(core.recordings().callsKnownSince(step.ts), step.ts, 1);
      call.name = (int) step.syscall;
      call.kind = CallKind.at(kindOf(step.d));
      call.thread = step.thread;
    } else {
      return;
    }
    call.result = step.a;
    call.made = step.b;
    call.isReturned = true;
    int nameLength = nameLengthOf(step.d);
    if (nameLength > 0) {
      call.path(step.textBytes, step.textFrom, nameLength);
    }
    putArgs(step.textBytes, step.textFrom + nameLength, step.textTo);
    long cpu = isInCall(since) ? words[at + CPU] : NONE;
    boolean fails = ErrorNames.isError(step.a) && call.kind.effect() != Effect.BRK;
    write(cpu, step.a, step.cpu, fails ? errors.id(step.a) : -1);
    effects.returned(call);
  }

  /// Whether a thread was there before the recording began in which a time lies.
  private boolean isOlder(int thread, long ts) {
    return people != null
        && thread >= 0
        && people.person(thread).isOlderThan(core.recordings().begin(ts));
  }

  /// That a call of an earlier recording goes on in the next one is not known.
  private void cut(long[] words, int at, long ts) {
    long since = words[at + SINCE];
    if (isInCall(since) && core.recordings().begin(ts) > since) {
      end(words, at, core.recordings().end(since));
      words[at + SINCE] = NONE;
    }
  }

  /// Takes the call that the state tells, with its arguments.
  private void pending(long[] words, int at) {
    long detail = words[at + DETAIL];
    call.name = (int) words[at + NAME];
    call.kind = CallKind.at(kindOf(detail));
    call.thread = (int) words[at + THREAD];
    call.fd = (int) words[at + FDS];
    call.otherFd = (int) (words[at + FDS] >> 32);
    call.length = words[at + LENGTH];
    call.offset = words[at + OFFSET];
    call.flags = (int) (detail >>> 32);
    args.begin(SyscallTracker.MOST_ARGS_BYTES);
    byte[] text = core.texts().bytes();
    int from = TextPool.offset(words[at + TEXT]);
    int nameLength = nameLengthOf(detail);
    call.path(text, from, nameLength);
    args.put(text, from + nameLength, from + TextPool.length(words[at + TEXT]));
  }

  private void putArgs(byte[] bytes, int from, int to) {
    if (call.clipped == 1) {
      args.begin(SyscallTracker.MOST_ARGS_BYTES);
    }
    if (from < to) {
      if (args.size() > 0) {
        args.put(COMMA);
      }
      args.put(bytes, from, to);
    }
  }

  /// A call of which the return is not recorded, though something else was recorded since.
  private void writeUnreturned(long[] words, int at, Step step) {
    boolean isEnd = step.kind == END && lasts((int) words[at + NAME]);
    call.begin(words[at + SINCE], isEnd ? step.ts : words[at + SINCE], 0);
    pending(words, at);
    write(words[at + CPU], NONE, NONE, -1);
  }

  private void write(long cpu, long result, long exitCpu, int error) {
    if (!rows.isWanted()) {
      return;
    }
    FactBatch row = rows.next();
    row.put(call.ts).put(call.endNs - call.ts).put(call.clipped).put(call.thread);
    row.putOrNull(cpu, NONE).put(call.name);
    if (args.size() == 0) {
      row.putNull();
    } else {
      row.putText(args.bytes(), 0, args.size());
    }
    if (exitCpu == NONE) {
      row.putNull();
    } else {
      row.put(result);
    }
    row.putOrNull(error, -1).putOrNull(exitCpu, NONE).end();
  }
}
