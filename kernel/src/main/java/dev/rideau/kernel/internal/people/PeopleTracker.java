package dev.rideau.kernel.internal.people;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.track.CommWords;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.internal.track.sched.SchedTracker;
import org.jspecify.annotations.Nullable;

/// Reads what records tell of threads and processes: forks, executions, ends, names, and the state
/// dump.
public final class PeopleTracker implements Tracker {
  /// Kinds of namespaces in the order of the columns of `process`.
  private static final int PID_NS = 0;

  private static final int USER_NS = 1;
  private static final int NET_NS = 2;
  private static final int MNT_NS = 3;
  private static final int CGROUP_NS = 4;

  private static final long CLONE_THREAD = 0x10000;

  /// The state dump's word for a thread that waits for something.
  private static final int DUMPED_WAITING = 5;

  private final Core core;
  private final PeopleSteps steps;
  private @Nullable SchedTracker sched;

  /// @param people in the join: all of them
  public PeopleTracker(Core core, @Nullable People people) {
    this.core = core;
    steps = new PeopleSteps(core, people);
  }

  /// Says who is told of forks and ends.
  public void tell(SchedTracker tracker) {
    sched = tracker;
  }

  PeopleSteps steps() {
    return steps;
  }

  /// A record names a thread.
  public void named(int thread, TextField comm, int row, long ts) {
    if (thread < 0 || !comm.isRecorded()) {
      return;
    }
    byte[] bytes = comm.bytes();
    int from = comm.from(row);
    int to = comm.to(row);
    if (core.threads()
        .renames(thread, CommWords.word(bytes, from, to), CommWords.word(bytes, from + 8, to))) {
      Step step = core.step(PeopleSteps.NAME, ts, 0);
      step.thread = thread;
      step.a = core.names().id(bytes, from, to);
      steps.feed(step);
    }
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(
        ModelEvent.SCHED_PROCESS_FORK,
        this::fork,
        "parent_tid",
        "parent_comm",
        "child_comm",
        "child_tid",
        "child_pid",
        "child_ns_inum",
        "vtids");
    handlers.on(ModelEvent.TASK_NEWTASK, this::newTask, "tid", "clone_flags");
    handlers.on(ModelEvent.TRACER_FORK, this::noteFork, "pid", "ppid", "tid", "ptid");
    handlers.on(ModelEvent.TRACER_COMM, this::noteName, "tid", "comm");
    handlers.on(ModelEvent.TRACER_EXIT, this::noteExit, "tid");
    handlers.on(ModelEvent.SCHED_PROCESS_EXEC, this::exec, "filename", "tid", "old_tid");
    handlers.on(ModelEvent.SCHED_PROCESS_EXIT, this::exit, "comm", "tid");
    handlers.on(ModelEvent.SCHED_PROCESS_FREE, this::free, "comm", "tid");
    handlers.on(ModelEvent.TASK_RENAME, this::rename, "tid", "newcomm");
    handlers.on(
        ModelEvent.STATEDUMP_PROCESS_STATE, this::dump, "tid", "vtid", "ppid", "name", "status");
    namespace(handlers, ModelEvent.STATEDUMP_PID_NS, PID_NS, "vtid");
    namespace(handlers, ModelEvent.STATEDUMP_USER_NS, USER_NS, "vuid");
    namespace(handlers, ModelEvent.STATEDUMP_NET_NS, NET_NS, "");
    namespace(handlers, ModelEvent.STATEDUMP_MNT_NS, MNT_NS, "");
    namespace(handlers, ModelEvent.STATEDUMP_CGROUP_NS, CGROUP_NS, "");
  }

  private RecordHandler fork(RecordFields fields) {
    NumberField parentTid = fields.number("parent_tid", -1);
    TextField parentComm = fields.text("parent_comm");
    TextField childComm = fields.text("child_comm");
    NumberField childTid = fields.number("child_tid", -1);
    NumberField childPid = fields.number("child_pid", -1);
    NumberField namespace = fields.number("child_ns_inum", -1);
    return (row, ts, cpu) -> {
      int parent = core.threads().of(parentTid.intAt(row), cpu, ts);
      named(parent, parentComm, row, ts);
      int child = forked(parent, childTid.intAt(row), childPid.intAt(row), ts, cpu);
      if (child < 0) {
        return;
      }
      named(child, childComm, row, ts);
      if (namespace.at(row) >= 0) {
        number(PeopleSteps.NAMESPACE, child, PID_NS, namespace.at(row), ts);
      }
    };
  }

  private int forked(int parent, int tid, int pid, long ts, int cpu) {
    int child = core.threads().fork(parent, tid, pid, ts);
    if (child >= 0 && sched != null) {
      sched.forked(child, ts, cpu);
    }
    return child;
  }

  /// Comes right before the kernel's own event of the fork, if that is recorded as well; at the
  /// begin of the recording of those that are there.
  private RecordHandler noteFork(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    NumberField pid = fields.number("pid", -1);
    NumberField parentTid = fields.number("ptid", -1);
    NumberField parentPid = fields.number("ppid", -1);
    boolean isToldAgain = core.isRecorded(ModelEvent.SCHED_PROCESS_FORK);
    return (row, ts, cpu) -> {
      boolean isSameProcess = pid.at(row) == parentPid.at(row);
      if (ts <= core.beginNs()) {
        if (tid.at(row) > 0 && !isSameProcess) {
          int thread = core.threads().of(tid.intAt(row), cpu, ts);
          number(PeopleSteps.PARENT, thread, parentPid.intAt(row), 0, ts);
        }
      } else if (isToldAgain) {
        core.threads().announce(tid.intAt(row), isSameProcess, ts);
      } else if (parentTid.at(row) > 0) {
        int parent = core.threads().of(parentTid.intAt(row), cpu, ts);
        forked(parent, tid.intAt(row), pid.intAt(row), ts, cpu);
      }
    };
  }

  private RecordHandler noteName(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    TextField comm = fields.text("comm");
    return (row, ts, cpu) -> {
      if (tid.at(row) > 0) {
        named(core.threads().of(tid.intAt(row), cpu, ts), comm, row, ts);
      }
    };
  }

  private RecordHandler noteExit(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    boolean isToldAgain = core.isRecorded(ModelEvent.SCHED_PROCESS_EXIT);
    boolean leaves = fields.variant().equals(EventUse.LEAVES);
    return (row, ts, cpu) -> {
      if (leaves && sched != null && tid.at(row) > 0) {
        sched.ends(tid.intAt(row), ts, cpu);
      }
      if (!isToldAgain && tid.at(row) > 0) {
        number(PeopleSteps.EXIT, core.threads().of(tid.intAt(row), cpu, ts), 0, 0, ts);
      }
    };
  }

  /// Comes right before the fork and tells what the kernel's own event of a fork does not: whether
  /// the new thread belongs to the same process.
  private RecordHandler newTask(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    NumberField flags = fields.number("clone_flags", 0);
    return (row, ts, cpu) ->
        core.threads().announce(tid.intAt(row), (flags.at(row) & CLONE_THREAD) != 0, ts);
  }

  private RecordHandler exec(RecordFields fields) {
    TextField file = fields.text("filename");
    NumberField tid = fields.number("tid", -1);
    NumberField oldTid = fields.number("old_tid", -1);
    boolean tracksRunning =
        core.isRecorded(ModelEvent.SCHED_SWITCH) || core.isRecorded(ModelEvent.TRACER_SWITCH);
    return (row, ts, cpu) -> {
      int thread =
          tid.isRecorded() ? core.threads().of(tid.intAt(row), cpu, ts) : core.cpus().thread(cpu);
      // Where nothing tells that it leaves the CPU, it would stay there for ever.
      if (tracksRunning || isRunning(oldTid.intAt(row), ts, cpu)) {
        core.cpus().rename(cpu, thread);
      }
      Step step = core.step(PeopleSteps.EXEC, ts, cpu);
      step.thread = thread;
      step.text(file.bytes(), file.from(row), file.to(row));
      steps.feed(step);
    };
  }

  private boolean isRunning(int tid, long ts, int cpu) {
    return tid >= 0 && core.cpus().thread(cpu) == core.threads().of(tid, cpu, ts);
  }

  private RecordHandler exit(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    TextField comm = fields.text("comm");
    return (row, ts, cpu) -> {
      int thread = core.threads().of(tid.intAt(row), cpu, ts);
      named(thread, comm, row, ts);
      number(PeopleSteps.EXIT, thread, 0, 0, ts);
    };
  }

  private RecordHandler free(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    TextField comm = fields.text("comm");
    return (row, ts, cpu) -> {
      int thread = core.threads().of(tid.intAt(row), cpu, ts);
      if (thread < 0) {
        return;
      }
      named(thread, comm, row, ts);
      number(PeopleSteps.FREE, thread, 0, 0, ts);
      if (sched != null) {
        sched.freed(thread, ts, cpu);
      }
      core.threads().free(thread);
    };
  }

  private RecordHandler rename(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    TextField comm = fields.text("newcomm");
    return (row, ts, cpu) -> named(core.threads().of(tid.intAt(row), cpu, ts), comm, row, ts);
  }

  private RecordHandler dump(RecordFields fields) {
    NumberField tid = fields.number("tid", -1);
    NumberField vtid = fields.number("vtid", -1);
    NumberField parentPid = fields.number("ppid", -1);
    NumberField status = fields.number("status", 0);
    TextField name = fields.text("name");
    return (row, ts, cpu) -> {
      // The dump has no idle threads; a tid of 0 would be one of another CPU's.
      int thread = tid.intAt(row) == 0 ? -1 : core.threads().of(tid.intAt(row), cpu, ts);
      if (thread < 0) {
        return;
      }
      named(thread, name, row, ts);
      number(PeopleSteps.PARENT, thread, parentPid.intAt(row), 0, ts);
      if (vtid.isRecorded()) {
        number(PeopleSteps.VTID, thread, vtid.intAt(row), 0, ts);
      }
      if (status.at(row) == DUMPED_WAITING
          && sched != null
          && core.isRecorded(ModelEvent.SCHED_SWITCH)) {
        sched.foundAsleep(thread, ts, cpu);
      }
    };
  }

  private void namespace(Handlers handlers, ModelEvent event, int kind, String extra) {
    handlers.on(
        event,
        fields -> {
          NumberField tid = fields.number("tid", -1);
          NumberField inode = fields.number("ns_inum", -1);
          NumberField id = fields.number(extra, -1);
          return (row, ts, cpu) -> {
            int thread = tid.intAt(row) == 0 ? -1 : core.threads().of(tid.intAt(row), cpu, ts);
            number(PeopleSteps.NAMESPACE, thread, kind, inode.at(row), ts);
            if (kind == PID_NS && id.at(row) >= 0) {
              number(PeopleSteps.VTID, thread, id.intAt(row), 0, ts);
            } else if (kind == USER_NS && id.at(row) >= 0) {
              number(PeopleSteps.USER, thread, id.at(row), 0, ts);
            }
          };
        },
        "tid",
        "ns_inum",
        extra);
  }

  private void number(int kind, int thread, long a, long b, long ts) {
    Step step = core.step(kind, ts, 0);
    step.thread = thread;
    step.a = a;
    step.b = b;
    steps.feed(step);
  }
}
