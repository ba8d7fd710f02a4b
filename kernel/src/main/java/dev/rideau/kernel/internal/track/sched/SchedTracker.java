package dev.rideau.kernel.internal.track.sched;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.people.PeopleTracker;
import dev.rideau.kernel.internal.track.BodyLoss;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Symbols;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.ThreadRefs;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.ThreadTables;

/// Reads the scheduler's records, and all that changes what runs on a CPU: owner of [Cpus] and so
/// the first of the trackers.
public final class SchedTracker implements Tracker {
  private final Core core;
  private final PeopleTracker people;
  private final boolean isOldKernel;
  private final CpuRuns runs;
  private final OffCpu offCpu;
  private final TableRows migrations;
  private final TableRows priorities;
  private final boolean areCallsKnown;
  private BodyLoss bodyLoss = (_, _, _) -> {};

  /// @param isOldKernel whether states are numbered as before Linux 4.14
  public SchedTracker(Core core, PeopleTracker people, boolean isOldKernel) {
    this.core = core;
    this.people = people;
    this.isOldKernel = isOldKernel;
    runs = new CpuRuns(core);
    offCpu = new OffCpu(core, core.isRecorded(ModelEvent.SCHED_WAKING));
    migrations = core.rows(ThreadTables.MIGRATION);
    priorities = core.rows(ThreadTables.PRIORITY_CHANGE);
    areCallsKnown = core.areCallsKnown();
  }

  /// Says who must know of lost bodies.
  public void tell(BodyLoss listener) {
    bodyLoss = listener;
  }

  /// Says in the join who runs on a CPU when the recording begins.
  public void begin(int cpu, int thread, boolean isIdle) {
    Step step = core.step(CpuRuns.BEGIN, core.beginNs(), cpu);
    step.other = thread;
    step.b = Long.MIN_VALUE;
    runs.feed(cpu, step);
    if (!isIdle) {
      offCpu.feed(thread, core.step(OffCpu.BEGIN, core.beginNs(), cpu));
    }
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(
        ModelEvent.SCHED_SWITCH,
        this::switching,
        "prev_comm",
        "prev_tid",
        "prev_prio",
        "prev_state",
        "next_comm",
        "next_tid",
        "next_prio");
    String[] wakingFields = {"comm", "tid", "prio", "target_cpu"};
    handlers.on(ModelEvent.SCHED_WAKING, f -> waking(f, OffCpu.WAKING), wakingFields);
    handlers.on(ModelEvent.SCHED_WAKEUP, f -> waking(f, OffCpu.WAKEUP), wakingFields);
    handlers.on(ModelEvent.SCHED_WAKEUP_NEW, f -> waking(f, OffCpu.WAKING_NEW), wakingFields);
    handlers.on(ModelEvent.SCHED_MIGRATE_TASK, this::migrating, "tid", "orig_cpu", "dest_cpu");
    handlers.on(ModelEvent.SCHED_PI_SETPRIO, this::changing, "tid", "oldprio", "newprio");
    handlers.on(
        ModelEvent.TRACER_SWITCH,
        this::leaving,
        RecordFields.CONTEXT + "tid",
        "out",
        "preempt",
        "next_prev_tid");
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.SWITCHES) != 0) {
      bodyLoss.lostBody(core.cpus().body(cpu), ts, cpu);
      runs.feed(cpu, core.step(CpuRuns.LOST, ts, cpu));
      core.cpus().lose(cpu);
    } else if ((kinds & Gaps.CALLS) != 0) {
      bodyLoss.lostBody(core.cpus().body(cpu), ts, cpu);
      syscall(Symbols.NONE, ts, cpu);
    }
  }

  /// A thread runs on a CPU where another one was seen last, at `seenNs`; of the time between only
  /// the ends are known.
  public void appears(int tid, long ts, int cpu, int seenTid, long seenNs) {
    replaces(CpuRuns.APPEARS, OffCpu.APPEARS, tid, ts, cpu, seenTid, seenNs);
  }

  /// A thread comes to a CPU where another one, or nobody, was seen last, at `seenNs`.
  public void comes(int tid, long ts, int cpu, int seenTid, long seenNs) {
    replaces(CpuRuns.COMES, OffCpu.IN, tid, ts, cpu, seenTid, seenNs);
  }

  private void replaces(
      int runsKind, int offCpuKind, int tid, long ts, int cpu, int seenTid, long seenNs) {
    int previous = core.threads().of(seenTid, cpu, ts);
    int next = core.threads().of(tid, cpu, ts);
    long lastNs = seenNs == Gaps.NONE ? core.beginNs() : seenNs;
    if (seenTid > 0) {
      Step gone = core.step(OffCpu.MISSED, ts, cpu);
      gone.a = lastNs;
      offCpu.feed(previous, gone);
    }
    Step change = handedOver(runsKind, previous, next, ts, cpu);
    change.a = lastNs;
    runs.feed(cpu, change);
    if (tid != 0) {
      Step in = core.step(offCpuKind, ts, cpu);
      in.a = lastNs;
      offCpu.feed(next, in);
    }
  }

  private RecordHandler switching(RecordFields fields) {
    TextField previousComm = fields.text("prev_comm");
    NumberField previousTid = fields.number("prev_tid", -1);
    NumberField previousPriority = fields.number("prev_prio", Long.MIN_VALUE);
    NumberField previousState = fields.number("prev_state", 0);
    TextField nextComm = fields.text("next_comm");
    NumberField nextTid = fields.number("next_tid", -1);
    NumberField nextPriority = fields.number("next_prio", Long.MIN_VALUE);
    int offset = fields.layout().priorityOffset();
    return (row, ts, cpu) -> {
      ThreadRefs threads = core.threads();
      int previous = threads.of(previousTid.intAt(row), cpu, ts);
      int next = threads.of(nextTid.intAt(row), cpu, ts);
      people.named(previous, previousComm, row, ts);
      people.named(next, nextComm, row, ts);
      if (previousPriority.isRecorded()) {
        threads.priority(previous, previousPriority.intAt(row) + offset);
      }
      long priority = nextPriority.at(row);
      if (priority != Long.MIN_VALUE) {
        priority += offset;
        threads.priority(next, (int) priority);
      }
      long number = previousState.at(row);
      LeavingState state =
          isOldKernel ? LeavingState.decodeOld(number) : LeavingState.decode(number);
      if (previousTid.intAt(row) != 0) {
        goes(previous, state.offCpu(), ts, cpu);
      }
      Step change = handedOver(CpuRuns.SWITCH, previous, next, ts, cpu);
      change.a = state.ordinal();
      change.b = priority;
      runs.feed(cpu, change);
      if (nextTid.intAt(row) != 0) {
        offCpu.feed(next, core.step(OffCpu.IN, ts, cpu));
      }
    };
  }

  /// The tracer itself tells that a thread leaves. Those that come are told by their own tids.
  private RecordHandler leaving(RecordFields fields) {
    NumberField tid = fields.number(RecordFields.CONTEXT + "tid", -1);
    NumberField out = fields.number("out", 0);
    NumberField preempt = fields.number("preempt", 0);
    NumberField nextTid = fields.number("next_prev_tid", -1);
    boolean isToldBetter = fields.variant().equals(EventUse.COMES);
    return (row, ts, cpu) -> {
      if (isToldBetter || out.at(row) == 0) {
        return;
      }
      boolean isPreempted = preempt.at(row) != 0;
      int state = isPreempted ? OffCpu.PREEMPTED : OffCpu.ASLEEP;
      int letter = isPreempted ? LeavingState.PREEMPTED.ordinal() : CpuRuns.NO_LETTER;
      leaves(tid.intAt(row), state, letter, nextTid.intAt(row), ts, cpu);
    };
  }

  /// The thread that runs on a CPU ends; nothing will tell that it leaves.
  public void ends(int tid, long ts, int cpu) {
    leaves(tid, OffCpu.GONE, CpuRuns.NO_LETTER, -1, ts, cpu);
  }

  /// @param nextTid the thread that comes, negative when it is not known
  private void leaves(int tid, int state, int letter, int nextTid, long ts, int cpu) {
    int previous = core.threads().of(tid, cpu, ts);
    int next = core.threads().of(nextTid, cpu, ts);
    if (tid != 0) {
      goes(previous, state, ts, cpu);
    }
    Step change = handedOver(CpuRuns.SWITCH, previous, next, ts, cpu);
    change.a = letter;
    change.b = Long.MIN_VALUE;
    runs.feed(cpu, change);
    if (nextTid > 0) {
      offCpu.feed(next, core.step(OffCpu.IN, ts, cpu));
    }
  }

  /// @param state of [OffCpu]
  private void goes(int thread, int state, long ts, int cpu) {
    Step out = core.step(OffCpu.OUT, ts, cpu);
    out.a = state;
    // A thread falls asleep in the call that it entered last, in whatever it is preempted.
    boolean isInCall = areCallsKnown || state == OffCpu.SLEEPING || state == OffCpu.ASLEEP;
    out.syscall = isInCall ? core.cpus().syscall(cpu) : Symbols.NONE;
    offCpu.feed(thread, out);
  }

  /// A CPU belongs to another thread from now on.
  ///
  /// @return what tells [CpuRuns] of it
  private Step handedOver(int kind, int previous, int next, long ts, int cpu) {
    int nobodys = core.cpus().switchTo(cpu, previous, next);
    if (nobodys >= 0) {
      bodyLoss.lostBody(nobodys, ts, cpu);
    }
    Step change = core.step(kind, ts, cpu);
    change.other = next;
    change.syscall = areCallsKnown ? core.cpus().syscall(cpu) : Symbols.NONE;
    return change;
  }

  private RecordHandler waking(RecordFields fields, int kind) {
    TextField comm = fields.text("comm");
    NumberField tid = fields.number("tid", -1);
    NumberField targetCpu = fields.number("target_cpu", Long.MIN_VALUE);
    return (row, ts, cpu) -> {
      int thread = core.threads().of(tid.intAt(row), cpu, ts);
      people.named(thread, comm, row, ts);
      Step step = core.step(kind, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.context = core.cpus().context(cpu);
      step.b = targetCpu.at(row);
      offCpu.feed(thread, step);
    };
  }

  private RecordHandler migrating(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    NumberField from = fields.number("orig_cpu", -1);
    NumberField to = fields.number("dest_cpu", -1);
    return (row, ts, cpu) -> {
      int thread = core.threads().of(tid.intAt(row), cpu, ts);
      if (thread >= 0) {
        migrations.next().put(ts).put(thread).put(from.at(row)).put(to.at(row)).end();
        if (core.coverage().isChosen()) {
          Step step = core.step(OffCpu.MIGRATE, ts, cpu);
          step.b = to.at(row);
          offCpu.feed(thread, step);
        }
      }
    };
  }

  private RecordHandler changing(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    NumberField before = fields.number("oldprio", 0);
    NumberField after = fields.number("newprio", 0);
    int offset = fields.layout().priorityOffset();
    return (row, ts, cpu) -> {
      int thread = core.threads().of(tid.intAt(row), cpu, ts);
      if (thread >= 0) {
        int priority = after.intAt(row) + offset;
        core.threads().priority(thread, priority);
        int old = before.intAt(row) + offset;
        priorities.next().put(ts).put(thread).put(old).put(priority).end();
      }
    };
  }

  /// A thread was forked.
  public void forked(int thread, long ts, int cpu) {
    offCpu.feed(thread, core.step(OffCpu.FORK, ts, cpu));
  }

  /// A thread is gone for good.
  public void freed(int thread, long ts, int cpu) {
    offCpu.feed(thread, core.step(OffCpu.FREE, ts, cpu));
  }

  /// The state dump found a thread asleep.
  public void foundAsleep(int thread, long ts, int cpu) {
    Step step = core.step(OffCpu.DUMP, ts, cpu);
    step.a = OffCpu.SLEEPING;
    offCpu.feed(thread, step);
  }

  /// An interrupt or softirq begins or ends on a CPU.
  public void interrupt(int kind, long ts, int cpu) {
    runs.feed(cpu, core.step(kind, ts, cpu));
  }

  /// The running thread enters the system call with that name, or leaves it ([Symbols#NONE]).
  public void syscall(long name, long ts, int cpu) {
    core.bodies().syscall(core.cpus().body(cpu), name);
    if (!areCallsKnown) {
      return;
    }
    Step step = core.step(CpuRuns.SYSCALL, ts, cpu);
    step.syscall = name;
    runs.feed(cpu, step);
  }
}
