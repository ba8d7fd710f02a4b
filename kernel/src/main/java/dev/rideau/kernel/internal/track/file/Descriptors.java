package dev.rideau.kernel.internal.track.file;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Dumped;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.schema.SyscallTables;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All descriptors of all processes, and the rows of `file_descriptor`. Owned by the join.
final class Descriptors {
  private static final long CLOSE_ON_EXEC = 0_2000000;
  private static final int RANGE_UNSHARES = 2;
  private static final int RANGE_CLOSES_ON_EXEC = 4;
  private static final int NO_NAME = -1;

  private final Core core;
  private final People people;
  private final TableRows rows;
  private final DescriptorKinds kinds;
  private final int byFork;
  private final int byUnshare;
  private final int byDump;

  /// By thread: what it has, null when nothing is known of it or when it has ended.
  private @Nullable DescriptorTable[] byThread = new DescriptorTable[64];

  /// By process: what its threads have unless something else was told.
  private @Nullable DescriptorTable[] byProcess = new DescriptorTable[64];

  private final Map<Long, DescriptorTable> byAddress = new HashMap<>();
  private final Set<DescriptorTable> open = new LinkedHashSet<>();
  private final Set<Integer> sharers = new LinkedHashSet<>();
  private final Deque<Descriptor> free = new ArrayDeque<>();

  /// When the recording began that is looked at.
  private long recordingNs;

  Descriptors(Core core, People people) {
    this.core = core;
    recordingNs = core.beginNs();
    this.people = people;
    rows = core.rows(SyscallTables.FILE_DESCRIPTOR);
    kinds = new DescriptorKinds(core.names());
    byFork = core.names().id("fork");
    byUnshare = core.names().id("unshare");
    byDump = core.names().id("statedump");
  }

  /// What was open in an earlier recording is not known to be open in the next one.
  void beginRecording(long ts) {
    long beginNs = core.recordings().begin(ts);
    if (beginNs > recordingNs) {
      end(core.recordings().end(recordingNs));
      Arrays.fill(byThread, null);
      Arrays.fill(byProcess, null);
      byAddress.clear();
      sharers.clear();
      recordingNs = beginNs;
    }
  }

  /// The descriptor of a thread; made up, of that kind, when nothing is known of it.
  @Nullable Descriptor use(int thread, int fd, int kind, long ts) {
    if (!DescriptorTable.isPossible(fd)) {
      return null;
    }
    DescriptorTable table = table(thread);
    Descriptor known = table.at(fd);
    return known != null ? known : found(table, fd, kind, ts);
  }

  /// A descriptor that was not seen to be opened: it was there before the recording, or came by a
  /// way that is not recorded, as through a socket.
  private Descriptor found(DescriptorTable table, int fd, int kind, long ts) {
    return addFound(table, fd, kind, !table.isComplete, ts);
  }

  /// @param canBeOlder whether nothing was told of it before
  private Descriptor addFound(
      DescriptorTable table, int fd, int kind, boolean canBeOlder, long ts) {
    boolean isOlder =
        canBeOlder && people.person(table.owner).isOlderThan(recordingNs) && !table.wasClosed(fd);
    Descriptor descriptor = take(isOlder ? recordingNs : ts, kind);
    descriptor.isOlder = isOlder;
    table.set(fd, descriptor);
    return descriptor;
  }

  void open(Step step) {
    int fd = (int) step.a;
    if (!DescriptorTable.isPossible(fd)) {
      return;
    }
    DescriptorTable table = table(step.thread);
    remove(table, fd, step.ts);
    Descriptor descriptor = take(step.ts, (int) step.b);
    descriptor.openedBy = (int) step.c;
    descriptor.opener = step.thread;
    descriptor.closesOnExec = step.d != 0;
    descriptor.rename(step.textBytes, step.textFrom, step.textTo);
    table.set(fd, descriptor);
  }

  void close(int thread, int fd, long ts) {
    if (DescriptorTable.isPossible(fd)) {
      remove(table(thread), fd, ts);
    }
  }

  void closeRange(Step step) {
    if ((step.c & RANGE_UNSHARES) != 0) {
      unshare(step.thread, step.ts);
    }
    DescriptorTable table = table(step.thread);
    for (long fd = step.a; fd <= step.b && fd < table.end(); fd++) {
      Descriptor descriptor = table.at((int) fd);
      if (descriptor != null && (step.c & RANGE_CLOSES_ON_EXEC) != 0) {
        descriptor.closesOnExec = true;
      } else {
        remove(table, (int) fd, step.ts);
      }
    }
  }

  void copy(Step step) {
    int from = (int) step.a;
    int to = (int) step.b;
    if (!DescriptorTable.isPossible(from) || !DescriptorTable.isPossible(to)) {
      return;
    }
    DescriptorTable table = table(step.thread);
    Descriptor source = table.at(from);
    if (source == null) {
      source = found(table, from, kinds.unknown(), step.ts);
    }
    remove(table, to, step.ts);
    Descriptor target = copyOf(source, step.ts, (int) step.c, step.thread);
    target.closesOnExec = step.d != 0;
    table.set(to, target);
  }

  void closesOnExec(int thread, int fd, boolean closes) {
    Descriptor known = DescriptorTable.isPossible(fd) ? table(thread).at(fd) : null;
    if (known != null) {
      known.closesOnExec = closes;
    }
  }

  void name(Step step) {
    int fd = (int) step.a;
    if (DescriptorTable.isPossible(fd) && step.textTo > step.textFrom) {
      DescriptorTable table = table(step.thread);
      Descriptor known = table.at(fd);
      if (known == null) {
        known = found(table, fd, kinds.unknown(), step.ts);
      }
      known.rename(step.textBytes, step.textFrom, step.textTo);
    }
  }

  void sharesNext(int thread) {
    sharers.add(thread);
  }

  void fork(int child, int parent, long ts) {
    if (parent < 0) {
      return;
    }
    DescriptorTable ofParent = table(parent);
    boolean isThread = process(child) == process(parent);
    if (sharers.remove(parent) || isThread) {
      ofParent.isShared |= !isThread;
      bind(child, ofParent);
      return;
    }
    DescriptorTable copy = copyOf(ofParent, child, ts, byFork, parent);
    bind(child, copy);
    byProcess[process(child)] = copy;
  }

  /// The thread has its own descriptors from now on.
  void unshare(int thread, long ts) {
    DescriptorTable shared = table(thread);
    if (shared.threads > 1) {
      shared.threads--;
      DescriptorTable copy = copyOf(shared, thread, ts, byUnshare, thread);
      bind(thread, copy);
    }
  }

  void exec(int thread, long ts) {
    if (table(thread).isShared) {
      unshare(thread, ts);
    }
    DescriptorTable table = table(thread);
    byProcess[process(thread)] = table;
    table.hasExecuted = true;
    for (int fd = 0; fd < table.end(); fd++) {
      Descriptor descriptor = table.at(fd);
      if (descriptor != null && descriptor.closesOnExec) {
        remove(table, fd, ts);
      }
    }
  }

  void exit(int thread, long ts) {
    DescriptorTable table = table(thread);
    table.isLeaderGone |= people.person(thread).isLeader();
    byThread[thread] = null;
    table.threads--;
    if (table.threads <= 0 && table.isLeaderGone) {
      for (int fd = 0; fd < table.end(); fd++) {
        remove(table, fd, ts);
      }
      open.remove(table);
      int process = process(thread);
      if (byProcess[process] == table) {
        byProcess[process] = null;
      }
    }
  }

  void dumpStarted() {
    byAddress.clear();
  }

  /// The kernel keeps what the thread has at that address, perhaps with other threads.
  void dumpedTable(int thread, long address) {
    if (address == 0) {
      return;
    }
    DescriptorTable told = byAddress.get(address);
    if (told == null) {
      DescriptorTable table = table(thread);
      if (byAddress.containsValue(table)) {
        // The threads of this process do not share.
        table.threads--;
        table = newTable(thread);
        bind(thread, table);
      }
      table.isComplete = true;
      byAddress.put(address, table);
      return;
    }
    DescriptorTable known = byThread(thread);
    if (known != told) {
      if (known != null) {
        known.threads--;
        adopt(told, known);
      }
      told.isShared |= process(thread) != process(told.owner);
      bind(thread, told);
      byProcess(thread);
    }
  }

  /// What its process has, that of the thread unless something else was told.
  private @Nullable DescriptorTable byProcess(int thread) {
    int process = process(thread);
    if (byProcess[process] == null) {
      byProcess[process] = byThread[thread];
    }
    return byProcess[process];
  }

  /// Moves what was learned of threads before the dump told that they share.
  private void adopt(DescriptorTable told, DescriptorTable known) {
    if (known.threads > 0) {
      return;
    }
    told.adoptClosed(known);
    for (int fd = 0; fd < known.end(); fd++) {
      Descriptor descriptor = known.at(fd);
      if (descriptor != null && told.at(fd) == null) {
        told.set(fd, descriptor);
      }
      known.set(fd, null);
    }
    open.remove(known);
    int process = process(known.owner);
    if (byProcess[process] == known) {
      byProcess[process] = told;
    }
  }

  void dumped(Step step) {
    int fd = (int) step.b;
    DescriptorTable table =
        step.a != 0 ? byAddress.get(step.a) : step.thread >= 0 ? table(step.thread) : null;
    if (table == null || !DescriptorTable.isPossible(fd)) {
      return;
    }
    int kind = kinds.of(step.textBytes, step.textFrom, step.textTo);
    Descriptor known = table.at(fd);
    if (known == null) {
      known = addFound(table, fd, kind, true, step.ts);
    }
    boolean closesOnExec = (step.c & CLOSE_ON_EXEC) != 0;
    if (known.isOlder && !core.dumped().isComplete()) {
      keep(table, fd, step, closesOnExec && !table.hasExecuted);
    }
    if (known.openedBy == NO_NAME) {
      known.openedBy = byDump;
      known.kind = kind;
    }
    known.closesOnExec = closesOnExec;
    if (known.nameLength() == 0) {
      known.rename(step.textBytes, step.textFrom, step.textTo);
    }
  }

  /// Before all slices: the descriptor was the same when the recording began. Which of several
  /// tables a process began with is not known.
  private void keep(DescriptorTable table, int fd, Step step, boolean closesOnExec) {
    People.Person owner = people.person(table.owner);
    if (byProcess(owner.index()) == table) {
      byte[] name = Arrays.copyOfRange(step.textBytes, step.textFrom, step.textTo);
      core.dumped().add(owner.family().pid(), new Dumped.OlderDescriptor(fd, name, closesOnExec));
    }
  }

  /// What the first process of a table had when the recording began.
  private void addOlder(DescriptorTable table) {
    People.Person owner = people.person(table.owner);
    if (!owner.isOlder() || recordingNs > core.beginNs()) {
      return;
    }
    for (Dumped.OlderDescriptor older : core.dumped().descriptors(owner.family().pid())) {
      byte[] name = older.name();
      int kind = kinds.of(name, 0, name.length);
      Descriptor descriptor = addFound(table, older.fd(), kind, true, core.beginNs());
      descriptor.openedBy = byDump;
      descriptor.closesOnExec = older.closesOnExec();
      descriptor.rename(name, 0, name.length);
    }
  }

  /// Writes what is still open when the recording ends.
  void end(long endNs) {
    long lastNs = Math.min(endNs, core.recordings().end(recordingNs));
    for (DescriptorTable table : open) {
      for (int fd = 0; fd < table.end(); fd++) {
        Descriptor descriptor = table.at(fd);
        if (descriptor != null) {
          write(table, fd, descriptor, lastNs, 2);
        }
      }
    }
    open.clear();
  }

  private int process(int thread) {
    return people.person(thread).family().index();
  }

  private @Nullable DescriptorTable byThread(int thread) {
    if (thread >= byThread.length) {
      byThread = Arrays.copyOf(byThread, Math.max(thread + 1, byThread.length * 2));
    }
    int process = process(thread);
    if (process >= byProcess.length) {
      byProcess = Arrays.copyOf(byProcess, Math.max(process + 1, byProcess.length * 2));
    }
    return byThread[thread];
  }

  /// What a thread has: what its process has, or nothing yet.
  private DescriptorTable table(int thread) {
    DescriptorTable known = byThread(thread);
    if (known != null) {
      return known;
    }
    DescriptorTable ofProcess = byProcess[process(thread)];
    DescriptorTable table = ofProcess == null ? newTable(thread) : ofProcess;
    bind(thread, table);
    byProcess(thread);
    if (ofProcess == null) {
      addOlder(table);
    }
    return table;
  }

  private DescriptorTable newTable(int owner) {
    DescriptorTable table = new DescriptorTable(owner);
    open.add(table);
    return table;
  }

  private void bind(int thread, DescriptorTable table) {
    byThread(thread);
    byThread[thread] = table;
    table.threads++;
    open.add(table);
  }

  private DescriptorTable copyOf(
      DescriptorTable source, int owner, long ts, int openedBy, int opener) {
    DescriptorTable copy = newTable(owner);
    copy.isComplete = source.isComplete;
    for (int fd = 0; fd < source.end(); fd++) {
      Descriptor descriptor = source.at(fd);
      if (descriptor != null) {
        Descriptor copied = copyOf(descriptor, ts, openedBy, opener);
        copied.closesOnExec = descriptor.closesOnExec;
        copy.set(fd, copied);
      }
    }
    return copy;
  }

  private Descriptor copyOf(Descriptor source, long ts, int openedBy, int opener) {
    Descriptor copy = take(ts, source.kind);
    copy.openedBy = openedBy;
    copy.opener = opener;
    copy.rename(source.name(), 0, source.nameLength());
    return copy;
  }

  private Descriptor take(long ts, int kind) {
    Descriptor recycled = free.poll();
    Descriptor descriptor = recycled == null ? new Descriptor() : recycled;
    descriptor.sinceNs = ts;
    descriptor.isOlder = false;
    descriptor.kind = kind;
    descriptor.openedBy = NO_NAME;
    descriptor.opener = -1;
    descriptor.closesOnExec = false;
    descriptor.rename(descriptor.name(), 0, 0);
    return descriptor;
  }

  private void remove(DescriptorTable table, int fd, long ts) {
    Descriptor descriptor = table.at(fd);
    table.closed(fd);
    if (descriptor != null) {
      write(table, fd, descriptor, ts, 0);
      table.set(fd, null);
      free.push(descriptor);
    }
  }

  private void write(
      DescriptorTable table, int fd, Descriptor descriptor, long ts, int clippedEnd) {
    FactBatch row = rows.next();
    row.put(descriptor.sinceNs).put(ts - descriptor.sinceNs);
    row.put((descriptor.isOlder ? 1 : 0) | clippedEnd).put(table.owner).put(fd);
    row.put(descriptor.kind);
    if (descriptor.nameLength() == 0) {
      row.putNull();
    } else {
      row.putText(descriptor.name(), 0, descriptor.nameLength());
    }
    row.putOrNull(descriptor.openedBy, NO_NAME).put(descriptor.opener).end();
  }
}
