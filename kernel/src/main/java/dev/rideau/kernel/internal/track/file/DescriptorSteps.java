package dev.rideau.kernel.internal.track.file;

import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Sequence;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.schema.SyscallTables;
import org.jspecify.annotations.Nullable;

/// What happens to descriptors, in the order of time: slices log it, the join does it.
///
/// All of it happens to the descriptors of the thread that is named. The `io` rows of a slice refer
/// to descriptors by the numbers of [dev.rideau.kernel.internal.track.Uses], as a [#reference];
/// those of the join tell the kind themselves, as a [#literal].
public final class DescriptorSteps extends Sequence {
  /// Use `a` is the descriptor `b`; of kind `c` if nothing is known of it.
  private static final int USE = 0;

  /// `a` is new, of kind `b`, made by the call `c`; closed at exec if `d`. The text is its name.
  private static final int OPEN = 1;

  private static final int CLOSE = 2;

  /// `a` to `b` with flags `c`.
  private static final int CLOSE_RANGE = 3;

  /// `b` is a copy of `a`, made by the call `c`; closed at exec if `d`.
  private static final int COPY = 4;

  /// `a` is closed at exec if `b`.
  private static final int EXEC_FLAG = 5;

  /// `a` got the name in the text.
  private static final int NAME = 6;

  /// The thread's next child has the same descriptors.
  private static final int SHARES_NEXT = 7;

  private static final int UNSHARE = 8;

  /// `thread` is the child of `other`.
  private static final int FORK = 9;

  private static final int EXEC = 10;
  private static final int EXIT = 11;
  private static final int DUMP_START = 12;

  /// The state dump found that the thread's descriptors are at the address `a`.
  private static final int DUMP_TABLE = 13;

  /// The state dump found `b` at the address `a` (of the thread if that is 0) with flags `c`; the
  /// text is its name.
  private static final int DUMP = 14;

  /// A row of the join is about `a`; of kind `b` if nothing is known of it. A step as all others,
  /// so that what it makes up is written in the end even if there is no other one.
  private static final int FIND = 15;

  private final boolean isWanted;
  private final @Nullable Descriptors descriptors;
  private final Step next = new Step();

  /// What the last [#FIND] found.
  private @Nullable Descriptor found;

  /// @param people in the join: all threads
  public DescriptorSteps(Core core, @Nullable People people) {
    super(core);
    isWanted =
        core.rows(SyscallTables.IO).isWanted()
            || core.rows(SyscallTables.FILE_DESCRIPTOR).isWanted();
    descriptors = people == null ? null : new Descriptors(core, people);
  }

  /// Whether anybody wants to know of descriptors.
  public boolean isWanted() {
    return isWanted;
  }

  /// What the column `kind` of a row holds that refers to no use.
  public static long literal(int kind) {
    return -1L - kind;
  }

  /// What the column `kind` of a row holds that refers to a use.
  ///
  /// @param kind what it is if the join finds no descriptor
  public static long reference(int use, int kind) {
    return (long) use << 32 | kind;
  }

  /// The number of the use of a descriptor; in slices only.
  ///
  /// @param kind what it is if nothing is known of it
  public int use(int thread, int fd, int kind, long ts) {
    int known = core.uses().find(thread, fd);
    if (known >= 0) {
      return known;
    }
    int use = core.uses().add(thread, fd);
    begin(USE, thread, ts);
    next.a = use;
    next.b = fd;
    next.c = kind;
    feed(next);
    return use;
  }

  /// The descriptor itself, or null when there is none; in the join only.
  public @Nullable Descriptor find(int thread, int fd, int kind, long ts) {
    found = null;
    begin(FIND, thread, ts);
    next.a = fd;
    next.b = kind;
    feed(next);
    return found;
  }

  /// Something may have happened to any descriptor, the join will know what.
  public void unclear() {
    core.uses().changed();
  }

  public void opened(
      int thread,
      int fd,
      int kind,
      int call,
      boolean closesOnExec,
      byte[] name,
      int nameFrom,
      int nameLength,
      long ts) {
    begin(OPEN, thread, ts);
    next.a = fd;
    next.b = kind;
    next.c = call;
    next.d = closesOnExec ? 1 : 0;
    next.text(name, nameFrom, nameFrom + nameLength);
    core.uses().changed(fd);
    feed(next);
  }

  public void closed(int thread, int fd, long ts) {
    begin(CLOSE, thread, ts);
    next.a = fd;
    core.uses().changed(fd);
    feed(next);
  }

  public void closedRange(int thread, int first, int last, int flags, long ts) {
    begin(CLOSE_RANGE, thread, ts);
    next.a = first & 0xffff_ffffL;
    next.b = last & 0xffff_ffffL;
    next.c = flags;
    core.uses().changed();
    feed(next);
  }

  public void copied(int thread, int from, int to, int call, boolean closesOnExec, long ts) {
    begin(COPY, thread, ts);
    next.a = from;
    next.b = to;
    next.c = call;
    next.d = closesOnExec ? 1 : 0;
    core.uses().changed(to);
    core.uses().changed(from);
    feed(next);
  }

  public void closesOnExec(int thread, int fd, boolean closes, long ts) {
    begin(EXEC_FLAG, thread, ts);
    next.a = fd;
    next.b = closes ? 1 : 0;
    feed(next);
  }

  /// A socket was connected.
  public void named(int thread, int fd, byte[] name, int from, int length, long ts) {
    begin(NAME, thread, ts);
    next.a = fd;
    next.text(name, from, from + length);
    core.uses().changed(fd);
    feed(next);
  }

  /// The next child of the thread shares its descriptors.
  public void sharesNext(int thread, long ts) {
    begin(SHARES_NEXT, thread, ts);
    feed(next);
  }

  public void unshared(int thread, long ts) {
    changed(UNSHARE, thread, -1, ts);
  }

  public void forked(int child, int parent, long ts) {
    changed(FORK, child, parent, ts);
  }

  public void executed(int thread, long ts) {
    changed(EXEC, thread, -1, ts);
  }

  public void exited(int thread, long ts) {
    changed(EXIT, thread, -1, ts);
  }

  public void dumpStarted(long ts) {
    changed(DUMP_START, -1, -1, ts);
  }

  /// The state dump tells where the descriptors of a thread are.
  public void dumpedTable(int thread, long address, long ts) {
    begin(DUMP_TABLE, thread, ts);
    next.a = address;
    core.uses().changed();
    feed(next);
  }

  /// The state dump tells of a descriptor: of the thread, or of the table at the address.
  public void dumped(
      int thread, long address, int fd, long flags, byte[] name, int from, int to, long ts) {
    begin(DUMP, thread, ts);
    next.a = address;
    next.b = fd;
    next.c = flags;
    next.text(name, from, to);
    core.uses().changed(fd);
    feed(next);
  }

  private void changed(int kind, int thread, int other, long ts) {
    begin(kind, thread, ts);
    next.other = other;
    core.uses().changed();
    feed(next);
  }

  private void begin(int kind, int thread, long ts) {
    next.begin(kind, ts, 0);
    next.thread = thread;
  }

  @Override
  protected void step(Step step) {
    Descriptors all = descriptors;
    if (all == null) {
      return;
    }
    all.beginRecording(step.ts);
    if (step.kind == DUMP_START) {
      all.dumpStarted();
      return;
    }
    if (step.kind == DUMP) {
      all.dumped(step);
      return;
    }
    int thread = step.thread;
    if (thread < 0) {
      return;
    }
    long ts = step.ts;
    int fd = (int) step.a;
    switch (step.kind) {
      case USE -> {
        Descriptor used = all.use(thread, (int) step.b, (int) step.c, ts);
        if (used != null) {
          core.uses().resolve(fd, used.kind(), used.name(), used.nameLength());
        }
      }
      case FIND -> found = all.use(thread, fd, (int) step.b, ts);
      case OPEN -> all.open(step);
      case CLOSE -> all.close(thread, fd, ts);
      case CLOSE_RANGE -> all.closeRange(step);
      case COPY -> all.copy(step);
      case EXEC_FLAG -> all.closesOnExec(thread, fd, step.b != 0);
      case NAME -> all.name(step);
      case SHARES_NEXT -> all.sharesNext(thread);
      case UNSHARE -> all.unshare(thread, ts);
      case FORK -> all.fork(thread, step.other, ts);
      case EXEC -> all.exec(thread, ts);
      case EXIT -> all.exit(thread, ts);
      default -> all.dumpedTable(thread, step.a);
    }
  }

  @Override
  protected void end(long key, long[] words, int at, long endNs) {
    if (descriptors != null) {
      descriptors.end(endNs);
    }
  }
}
