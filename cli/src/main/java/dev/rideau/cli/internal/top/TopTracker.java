package dev.rideau.cli.internal.top;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through event records in the order of time and adds up what each process used. Knows the
/// names of events and fields of LTTng, ftrace and perf. Used by one thread.
public final class TopTracker {
  /// What a record means here.
  private enum Meaning {
    SWITCH,
    WAKEUP,
    SYSCALL,
    TRANSFER,
    DISK,
    NET,
    IRQ_ENTRY,
    IRQ_EXIT,
    PROCESS,
    NONE
  }

  private static final Set<String> TRANSFERS =
      Set.of("read", "write", "pread64", "pwrite64", "readv", "writev", "sendfile");

  private static final Set<String> FIELDS =
      Set.of(
          "prev_pid",
          "prev_tid",
          "next_pid",
          "next_tid",
          "next_comm",
          "prev_state",
          "pid",
          "tid",
          "ret",
          "bytes",
          "len",
          "name",
          "common_pid");

  /// Only what is needed of the records that matter.
  public static final Projection PROJECTION =
      new Projection() {
        @Override
        public boolean includes(EventClass eventClass) {
          return meaning(eventClass.displayName()) != Meaning.NONE;
        }

        @Override
        public MemberSelection members(EventClass eventClass, Scope scope) {
          return MemberSelection.of(FIELDS);
        }
      };

  /// The task on a CPU.
  private static final class Cpu {
    long tid = -1;
    long sinceNs;
    long irqSinceNs;
    long idleNs;
    long irqNs;
  }

  private final Map<Long, Cpu> cpus = new HashMap<>();
  private final Map<Long, Long> runnableSinceNs = new HashMap<>();
  private final Map<Long, Integer> processes = new HashMap<>();
  private final Map<Long, String> comms = new HashMap<>();
  private final Processes lookup;
  private Map<Integer, Usage> usages = new HashMap<>();
  private long beginNs = Long.MIN_VALUE;
  private long lastNs = Long.MIN_VALUE;
  private long records;

  /// Tells processes of threads that the trace does not tell.
  public interface Processes {
    /// The process of a thread, or -1.
    int of(long tid);
  }

  /// @param lookup for threads that the trace does not tell the process of
  public TopTracker(Processes lookup) {
    this.lookup = lookup;
  }

  private static Meaning meaning(String name) {
    return switch (name) {
      case "sched_switch" -> Meaning.SWITCH;
      case "sched_wakeup", "sched_wakeup_new" -> Meaning.WAKEUP;
      case "sys_enter" -> Meaning.SYSCALL;
      case "block_rq_issue" -> Meaning.DISK;
      case "net_dev_queue", "netif_receive_skb", "net_if_receive_skb" -> Meaning.NET;
      case "irq_handler_entry", "softirq_entry", "irq_softirq_entry" -> Meaning.IRQ_ENTRY;
      case "irq_handler_exit", "softirq_exit", "irq_softirq_exit" -> Meaning.IRQ_EXIT;
      case "lttng_statedump_process_state" -> Meaning.PROCESS;
      default -> {
        if (name.startsWith("syscall_entry_") || name.startsWith("sys_enter_")) {
          yield Meaning.SYSCALL;
        }
        for (String start : new String[] {"syscall_exit_", "sys_exit_"}) {
          if (name.startsWith(start) && TRANSFERS.contains(name.substring(start.length()))) {
            yield Meaning.TRANSFER;
          }
        }
        yield Meaning.NONE;
      }
    };
  }

  /// Takes records of a block, in the order of time of all streams.
  void take(RecordBlock block, int from, int to) {
    StructColumn context = block.packetContext();
    long cpuId =
        context != null && context.member("cpu_id") instanceof LongColumn column
            ? column.value(0)
            : block.stream().number();
    Cpu cpu = cpus.computeIfAbsent(cpuId, _ -> new Cpu());
    for (int i = from; i < to; i++) {
      long ts = block.timestampsNs()[i];
      Batch batch = block.batch(block.eventClasses()[i]);
      if (batch != null) {
        if (beginNs == Long.MIN_VALUE) {
          beginNs = ts;
        }
        lastNs = ts;
        records++;
        take(cpu, ts, batch, block.rows()[i]);
      }
    }
  }

  private void take(Cpu cpu, long ts, Batch batch, int row) {
    switch (meaning(batch.eventClass().displayName())) {
      case SWITCH -> switched(cpu, ts, batch, row);
      case WAKEUP -> runnableSinceNs.put(number(batch, row, "tid", "pid"), ts);
      case SYSCALL -> usage(cpu, batch, row).syscalls++;
      case TRANSFER -> {
        long bytes = number(batch, row, "ret", "ret");
        usage(cpu, batch, row).fileBytes += Math.max(0, bytes);
      }
      case DISK -> {
        Usage usage = usage(cpu, batch, row);
        usage.diskRequests++;
        usage.diskBytes += Math.max(0, number(batch, row, "bytes", "bytes"));
      }
      case NET -> usage(cpu, batch, row).netBytes += number(batch, row, "len", "len");
      case IRQ_ENTRY -> cpu.irqSinceNs = ts;
      case IRQ_EXIT -> {
        if (cpu.irqSinceNs != 0) {
          cpu.irqNs += Math.max(0, ts - Math.max(cpu.irqSinceNs, beginNs));
          cpu.irqSinceNs = 0;
        }
      }
      case PROCESS ->
          processes.put(number(batch, row, "tid", "tid"), (int) number(batch, row, "pid", "pid"));
      case NONE -> {}
    }
  }

  private void switched(Cpu cpu, long ts, Batch batch, int row) {
    long previous = number(batch, row, "prev_tid", "prev_pid");
    long next = number(batch, row, "next_tid", "next_pid");
    charge(cpu, previous, ts);
    if (number(batch, row, "prev_state", "prev_state") == 0 && previous != 0) {
      runnableSinceNs.put(previous, ts);
    }
    Column comm = column(batch, "next_comm");
    if (next != 0 && comm instanceof BytesColumn text) {
      comms.put(
          next,
          new String(
              text.bytes(),
              text.offsetsBytes()[row],
              text.lengthsBytes()[row],
              StandardCharsets.UTF_8));
    }
    Long since = runnableSinceNs.remove(next);
    if (next != 0) {
      Usage usage = usage(next);
      usage.switches++;
      if (since != null) {
        long wait = ts - Math.max(since, beginNs);
        usage.waitNs += Math.max(0, wait);
        usage.longestWaitNs = Math.max(usage.longestWaitNs, ts - since);
      }
    }
    cpu.tid = next;
    cpu.sinceNs = ts;
  }

  private void charge(Cpu cpu, long tid, long ts) {
    long since = cpu.sinceNs == 0 ? beginNs : Math.max(cpu.sinceNs, beginNs);
    long ranNs = Math.max(0, ts - since);
    if (tid == 0) {
      cpu.idleNs += ranNs;
    } else {
      usage(tid).cpuNs += ranNs;
    }
    cpu.sinceNs = ts;
  }

  private Usage usage(Cpu cpu, Batch batch, int row) {
    StructColumn context = batch.commonContext();
    return usage(
        context != null && context.member("common_pid") instanceof LongColumn column
            ? column.value(row)
            : cpu.tid);
  }

  private Usage usage(long tid) {
    if (tid <= 0) {
      return usages.computeIfAbsent(0, _ -> new Usage(0, "(interrupts)"));
    }
    int pid = processes.computeIfAbsent(tid, this::processOf);
    String comm = comms.get(tid);
    Usage usage =
        usages.computeIfAbsent(
            pid, _ -> new Usage(pid, comms.getOrDefault((long) pid, comm == null ? "?" : comm)));
    if (tid == pid && comm != null) {
      usage.name = comm;
    }
    return usage;
  }

  private int processOf(long tid) {
    int pid = lookup.of(tid);
    return pid > 0 ? pid : (int) tid;
  }

  private static long number(Batch batch, int row, String name, String otherName) {
    Column column = column(batch, name);
    if (column == null) {
      column = column(batch, otherName);
    }
    return column instanceof LongColumn integers ? integers.value(row) : 0;
  }

  private static @Nullable Column column(Batch batch, String name) {
    StructColumn payload = batch.payload();
    return payload == null ? null : payload.member(name);
  }

  // ---------------------------------------------------------------- intervals

  /// Time of the last record.
  long lastNs() {
    return lastNs;
  }

  /// What was used since the last call, up to a time.
  Interval finish(long endNs) {
    long begin = beginNs;
    for (Cpu cpu : cpus.values()) {
      if (cpu.tid >= 0) {
        charge(cpu, cpu.tid, endNs);
      }
    }
    long idleNs = 0;
    long irqNs = 0;
    for (Cpu cpu : cpus.values()) {
      idleNs += cpu.idleNs;
      irqNs += cpu.irqNs;
      cpu.idleNs = 0;
      cpu.irqNs = 0;
    }
    List<Usage> rows = new ArrayList<>(usages.values());
    Interval interval = new Interval(begin, endNs, cpus.size(), idleNs, irqNs, records, rows);
    usages = new HashMap<>();
    beginNs = endNs;
    records = 0;
    return interval;
  }

  /// An interval and what processes used in it.
  ///
  /// @param cpus number of CPUs seen
  record Interval(
      long beginNs,
      long endNs,
      int cpus,
      long idleNs,
      long irqNs,
      long records,
      List<Usage> usages) {}
}
