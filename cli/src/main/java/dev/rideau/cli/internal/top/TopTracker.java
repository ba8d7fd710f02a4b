package dev.rideau.cli.internal.top;

import dev.rideau.cli.internal.top.TopCpus.Cpu;
import dev.rideau.cli.internal.top.TopUse.Meaning;
import dev.rideau.trace.Batch;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through event records in the order of time and adds up what each process used. Knows the
/// names of events and fields of LTTng, ftrace and perf. Used by one thread.
public final class TopTracker {
  /// A system call that a thread is in.
  private static final class OpenCall {
    String name = "";
    long sinceNs;
    int descriptor;
  }

  private static final Set<String> TRANSFERS =
      Set.of("read", "write", "pread64", "pwrite64", "readv", "writev", "sendfile");

  private static final long CLONE_THREAD = 0x10000;

  private final TopCpus cpus = new TopCpus();
  private final Map<Long, Long> runnableSinceNs = new HashMap<>();
  private final Map<Long, Integer> processes = new HashMap<>();

  /// Tids of which all was recorded; empty when it was of all.
  private final Set<Long> recordedTids = new HashSet<>();

  private final Map<Long, String> comms = new HashMap<>();

  private final Map<String, TopUse> uses = new HashMap<>();
  private final Map<Long, OpenCall> openCalls = new HashMap<>();
  private final DiskRequests disks = new DiskRequests(this::usage);

  /// By process and descriptor, what the state dump calls it.
  private final Map<Long, String> descriptors = new HashMap<>();

  private final Processes lookup;

  /// What there were records of so far.
  private final Set<Meaning> told = EnumSet.noneOf(Meaning.class);

  /// Whether records tell the threads that context switches mean.
  private boolean hasOwnTids;

  private Map<Integer, Usage> usages = new HashMap<>();
  private long beginNs = Long.MIN_VALUE;
  private long lastNs = Long.MIN_VALUE;
  private long records;

  /// Tells processes of threads that the trace does not tell.
  public interface Processes {
    /// The process of a thread, or -1.
    int of(long tid);

    /// What a process is called, or null.
    @Nullable String name(int pid);
  }

  /// @param lookup for threads that the trace does not tell the process of
  public TopTracker(Processes lookup) {
    this.lookup = lookup;
  }

  /// Takes records of a block, in the order of time of all streams.
  void take(RecordBlock block, int from, int to) {
    Cpu known = cpus.of(block);
    for (int i = from; i < to; i++) {
      long ts = block.timestampsNs()[i];
      Batch batch = block.batch(block.eventClasses()[i]);
      if (batch != null) {
        if (beginNs == Long.MIN_VALUE) {
          beginNs = ts;
        }
        lastNs = ts;
        records++;
        int row = block.rows()[i];
        take(known == null ? cpus.unknown(batch, row) : known, ts, batch, row);
      }
    }
  }

  private void take(Cpu cpu, long ts, Batch batch, int row) {
    TopUse use = uses.computeIfAbsent(batch.eventClass().displayName(), TopUse::of);
    told.add(use.meaning());
    cpu.isSeen |= use.meaning().isOfWhoRuns() || use.meaning() == Meaning.COMES_OR_LEAVES;
    lookAtOwnTid(use.meaning(), cpu, ts, batch, row);
    switch (use.meaning()) {
      case SWITCH -> switched(cpu, ts, batch, row);
      case WAKEUP -> runnableSinceNs.put(TopFields.number(batch, row, "tid", "pid"), ts);
      case CALL_ENTRY -> entered(use.call(), cpu, ts, batch, row);
      case CALL_EXIT -> left(use.call(), cpu, ts, batch, row);
      case DISK_INSERT ->
          disks.inserted(
              task(cpu, batch, row),
              TopFields.number(batch, row, "dev", "dev"),
              TopFields.number(batch, row, "sector", "sector"));
      case DISK_ISSUE ->
          disks.issued(
              task(cpu, batch, row),
              TopFields.number(batch, row, "dev", "dev"),
              TopFields.number(batch, row, "sector", "sector"),
              TopFields.number(batch, row, "nr_sector", "nr_sector"),
              TopFields.isDiscard(batch, row)
                  ? 0
                  : Math.max(0, TopFields.number(batch, row, "bytes", "bytes")));
      case DISK_BACK ->
          disks.handedBack(
              TopFields.number(batch, row, "dev", "dev"),
              TopFields.number(batch, row, "sector", "sector"));
      case DISK_END ->
          disks.completed(
              TopFields.number(batch, row, "dev", "dev"),
              TopFields.number(batch, row, "sector", "sector"),
              TopFields.number(batch, row, "nr_sector", "nr_sector"));
      case NET ->
          usage(task(cpu, batch, row)).netBytes += TopFields.number(batch, row, "len", "len");
      case IRQ_ENTRY -> {
        if (cpu.irqDepth++ == 0) {
          cpu.irqSinceNs = ts;
        }
      }
      case IRQ_EXIT -> {
        if (cpu.irqDepth > 0 && --cpu.irqDepth == 0) {
          long tookNs = Math.max(0, ts - Math.max(cpu.irqSinceNs, beginNs));
          cpu.irqNs += tookNs;
          if (cpu.tid > 0) {
            usage(cpu.tid).irqNs += tookNs;
          }
        }
      }
      case PROCESS -> {
        long tid = TopFields.number(batch, row, "tid", "tid");
        processes.put(tid, (int) TopFields.number(batch, row, "pid", "pid"));
        comms.putIfAbsent(tid, TopFields.text(batch, row, "name"));
      }
      case NEW_TASK -> {
        boolean isThread =
            (TopFields.number(batch, row, "clone_flags", "clone_flags") & CLONE_THREAD) != 0;
        long tid = TopFields.number(batch, row, "tid", "pid");
        processes.put(tid, isThread ? usage(task(cpu, batch, row)).pid : (int) tid);
        if (!recordedTids.isEmpty()) {
          recordedTids.add(tid);
        }
      }
      case FORK -> {
        long tid = TopFields.number(batch, row, "tid", "tid");
        processes.put(tid, (int) TopFields.number(batch, row, "pid", "pid"));
        if (isRecorded(TopFields.number(batch, row, "ptid", "ptid"))) {
          recordedTids.add(tid);
        }
      }
      case NAME ->
          comms.put(TopFields.number(batch, row, "tid", "tid"), TopFields.text(batch, row, "comm"));
      case COMES_OR_LEAVES -> comesOrLeaves(cpu, ts, batch, row);
      case EXIT -> {
        if (!recordedTids.isEmpty() && cpu.tid == TopFields.number(batch, row, "tid", "tid")) {
          // Nothing else tells that it leaves.
          charge(cpu, cpu.tid, ts);
          cpu.tid = -1;
        }
      }
      case DESCRIPTOR ->
          descriptors.put(
              key(
                  TopFields.number(batch, row, "pid", "pid"),
                  TopFields.number(batch, row, "fd", "fd")),
              TopFields.text(batch, row, "filename"));
      case NONE -> {}
    }
  }

  /// The kernel does not record all switches: where a record is not by the thread that is thought
  /// to run, that was gone at some time since it was seen last, and nobody knows who ran meanwhile.
  private void lookAtOwnTid(Meaning meaning, Cpu cpu, long ts, Batch batch, int row) {
    long own = meaning.isOfWhoRuns() ? TopFields.ownTid(batch, row) : -1;
    if (own < 0) {
      return;
    }
    if (meaning == Meaning.SWITCH) {
      hasOwnTids |= own == TopFields.number(batch, row, "prev_tid", "prev_pid");
    }
    if (hasOwnTids && cpu.tid >= 0 && cpu.tid != own) {
      charge(cpu, cpu.tid, cpu.seenNs);
      cpu.tid = own;
      cpu.sinceNs = ts;
      runnableSinceNs.remove(own);
    }
    cpu.seenNs = ts;
  }

  private void entered(String call, Cpu cpu, long ts, Batch batch, int row) {
    long tid = task(cpu, batch, row);
    Usage usage = usage(tid);
    usage.syscalls++;
    usage.call(call).count++;
    OpenCall open = openCalls.computeIfAbsent(tid, _ -> new OpenCall());
    open.name = call;
    open.sinceNs = ts;
    open.descriptor =
        TopFields.column(batch, "fd") == null ? -1 : (int) TopFields.number(batch, row, "fd", "fd");
  }

  private void left(String call, Cpu cpu, long ts, Batch batch, int row) {
    long tid = task(cpu, batch, row);
    Usage usage = usage(tid);
    OpenCall open = openCalls.get(tid);
    // Live, what CPUs that are read later tell comes late: of two calls the wrong ends may meet.
    OpenCall same = open != null && open.name.equals(call) && open.sinceNs <= ts ? open : null;
    if (same != null) {
      Usage.OfCall ofCall = usage.call(call);
      // Records of CPUs that were read later may lie before the interval.
      ofCall.ns += ts - (ts < beginNs ? same.sinceNs : Math.max(same.sinceNs, beginNs));
      ofCall.longestNs = Math.max(ofCall.longestNs, ts - same.sinceNs);
    }
    long bytes =
        TRANSFERS.contains(call) ? Math.max(0, TopFields.number(batch, row, "ret", "ret")) : 0;
    if (bytes > 0) {
      usage.fileBytes += bytes;
      if (same != null && same.descriptor >= 0) {
        usage.files.merge(same.descriptor, bytes, Long::sum);
      }
    }
  }

  private static long key(long pid, long descriptor) {
    return pid << 32 | descriptor;
  }

  /// What the trace calls a file of a process, empty when it does not tell.
  String descriptor(int pid, int descriptor) {
    return descriptors.getOrDefault(key(pid, descriptor), "");
  }

  private void switched(Cpu cpu, long ts, Batch batch, int row) {
    long previous = TopFields.number(batch, row, "prev_tid", "prev_pid");
    long next = TopFields.number(batch, row, "next_tid", "next_pid");
    charge(cpu, previous, ts);
    if (TopFields.number(batch, row, "prev_state", "prev_state") == 0 && previous != 0) {
      runnableSinceNs.put(previous, ts);
    }
    if (next != 0 && TopFields.column(batch, "next_comm") != null) {
      comms.put(next, TopFields.text(batch, row, "next_comm"));
    }
    Long since = runnableSinceNs.remove(next);
    if (next != 0 && !isPartial(next)) {
      Usage usage = usage(next);
      Usage.OfThread thread = thread(usage, next);
      thread.switches++;
      if (since != null) {
        long wait = Math.max(0, ts - Math.max(since, beginNs));
        usage.waitNs += wait;
        usage.longestWaitNs = Math.max(usage.longestWaitNs, wait);
        thread.waitNs += wait;
        thread.longestWaitNs = Math.max(thread.longestWaitNs, wait);
      }
    }
    cpu.tid = next;
    // Interrupts do not switch; an exit that was lost must not count for ever.
    cpu.irqDepth = 0;
    cpu.sinceNs = ts;
  }

  /// What perf itself tells of a switch; that of the scheduler may have told it before.
  private void comesOrLeaves(Cpu cpu, long ts, Batch batch, int row) {
    StructColumn context = batch.commonContext();
    long own = context != null && context.member("tid") instanceof LongColumn c ? c.value(row) : -1;
    boolean isLeaving = TopFields.number(batch, row, "out", "out") != 0;
    if (isLeaving && cpu.tid == own) {
      charge(cpu, own, ts);
      cpu.tid =
          TopFields.column(batch, "next_prev_tid") instanceof LongColumn next
              ? next.value(row)
              : -1;
    } else if (!isLeaving && own >= 0 && cpu.tid != own) {
      cpu.tid = own;
      cpu.sinceNs = ts;
    }
    cpu.seenNs = ts;
  }

  /// Only these tids, separated by commas, and their children were recorded; null changes nothing.
  void restrict(@Nullable String tids) {
    if (tids != null) {
      for (String tid : tids.split(",", -1)) {
        recordedTids.add(Long.parseLong(tid));
      }
    }
  }

  /// Of these events, with commas between, only some records were kept: they tell nothing of what
  /// is so until the next; null changes nothing.
  void leaveOut(@Nullable String names) {
    if (names != null) {
      for (String name : names.split(",", -1)) {
        uses.put(name, new TopUse(Meaning.NONE, ""));
      }
    }
  }

  /// Of threads that were not recorded only some context switches are known.
  private boolean isPartial(long tid) {
    return !recordedTids.isEmpty() && !recordedTids.contains(tid);
  }

  private boolean isRecorded(long tid) {
    return recordedTids.contains(tid);
  }

  private void charge(Cpu cpu, long tid, long ts) {
    if (tid < 0 || isPartial(tid)) {
      cpu.sinceNs = ts;
      return;
    }
    long since = cpu.sinceNs == 0 ? beginNs : Math.max(cpu.sinceNs, beginNs);
    long ranNs = Math.max(0, ts - since);
    if (tid == 0) {
      cpu.idleNs += ranNs;
    } else {
      Usage usage = usage(tid);
      usage.cpuNs += ranNs;
      thread(usage, tid).cpuNs += ranNs;
    }
    cpu.sinceNs = ts;
  }

  /// The thread that a record is about.
  private static long task(Cpu cpu, Batch batch, int row) {
    StructColumn context = batch.commonContext();
    return context != null && context.member("common_pid") instanceof LongColumn column
        ? column.value(row)
        : cpu.tid;
  }

  private Usage.OfThread thread(Usage usage, long tid) {
    Usage.OfThread thread = usage.thread(tid);
    thread.name = comms.getOrDefault(tid, thread.name);
    return thread;
  }

  private Usage usage(long tid) {
    if (tid <= 0) {
      return usages.computeIfAbsent(0, _ -> new Usage(0, "(interrupts)"));
    }
    int pid = processes.computeIfAbsent(tid, this::processOf);
    String comm = comms.get(tid);
    Usage usage = usages.computeIfAbsent(pid, _ -> new Usage(pid, nameOf(pid, comm)));
    if (tid == pid && comm != null) {
      usage.name = comm;
    }
    return usage;
  }

  /// The name of the first thread is that of the process; others say what they do.
  private String nameOf(int pid, @Nullable String comm) {
    String name = comms.get((long) pid);
    if (name == null) {
      name = lookup.name(pid);
      if (name != null) {
        comms.put((long) pid, name);
      }
    }
    return name != null ? name : comm == null ? "?" : comm;
  }

  private int processOf(long tid) {
    int pid = lookup.of(tid);
    return pid > 0 ? pid : (int) tid;
  }

  // ---------------------------------------------------------------- intervals

  /// Time of the last record.
  long lastNs() {
    return lastNs;
  }

  /// Forgets all but which threads and files there are.
  void forgetTimes() {
    usages = new HashMap<>();
    beginNs = Long.MIN_VALUE;
    lastNs = Long.MIN_VALUE;
    records = 0;
  }

  /// How much is missing at a time until the interval is as long as it should be; not positive when
  /// it is.
  long missingNs(long lengthNs, long nowNs) {
    return beginNs == Long.MIN_VALUE ? lengthNs : beginNs + lengthNs - nowNs;
  }

  /// What was used since the last call, up to a time.
  Interval finish(long endNs) {
    long begin = beginNs;
    long idleNs = 0;
    long irqNs = 0;
    for (Cpu cpu : cpus.all()) {
      if (cpu.tid >= 0) {
        charge(cpu, cpu.tid, endNs);
      }
      idleNs += cpu.idleNs;
      irqNs += cpu.irqNs;
      cpu.idleNs = 0;
      cpu.irqNs = 0;
    }
    List<Usage> rows = new ArrayList<>(usages.values());
    Interval interval =
        new Interval(
            begin,
            endNs,
            cpus.known(),
            recordedTids.isEmpty(),
            idleNs,
            irqNs,
            records,
            told.isEmpty() ? EnumSet.noneOf(Meaning.class) : EnumSet.copyOf(told),
            rows);
    usages = new HashMap<>();
    beginNs = endNs;
    records = 0;
    return interval;
  }

  /// An interval and what processes used in it.
  ///
  /// @param cpus number of CPUs seen; 0 where no record told its CPU
  /// @param whole whether all was recorded that CPUs did, not only some processes
  /// @param told what there were records of by its end
  record Interval(
      long beginNs,
      long endNs,
      int cpus,
      boolean whole,
      long idleNs,
      long irqNs,
      long records,
      Set<Meaning> told,
      List<Usage> usages) {
    /// Whether it is known how long who ran.
    boolean tellsCpu() {
      return told.contains(Meaning.SWITCH) || told.contains(Meaning.COMES_OR_LEAVES);
    }

    /// Whether it is known how long CPUs had nothing to do.
    boolean tellsIdle() {
      return tellsCpu() && whole && cpus > 0;
    }

    /// Whether it is known how long who waited to run: not after preemption alone.
    boolean tellsWaits() {
      return told.contains(Meaning.SWITCH) && told.contains(Meaning.WAKEUP);
    }

    boolean tellsCalls() {
      return told.contains(Meaning.CALL_ENTRY);
    }

    boolean tellsInterrupts() {
      return told.contains(Meaning.IRQ_ENTRY);
    }

    /// Whether it is known what interrupts took of all CPUs.
    boolean tellsAllInterrupts() {
      return tellsInterrupts() && whole && cpus > 0;
    }
  }
}
