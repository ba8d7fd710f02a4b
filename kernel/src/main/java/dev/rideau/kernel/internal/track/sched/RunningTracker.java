package dev.rideau.kernel.internal.track.sched;

import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.track.Contexts;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Symbols;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.internal.track.syscall.NumberedCalls;
import org.jspecify.annotations.Nullable;

/// Keeps [dev.rideau.kernel.internal.track.Cpus] up to date between context switches: interrupts,
/// softirqs, timers, and the system call that the running thread is in.
public final class RunningTracker implements Tracker {
  private final Core core;
  private final SchedTracker sched;
  private final int[] softirqNames;

  /// The call that ends a signal's handler: the thread goes on where it was, no exit is recorded.
  private final int signalReturn;

  public RunningTracker(Core core, SchedTracker sched) {
    this.core = core;
    this.sched = sched;
    softirqNames = SoftirqNames.ids(core.names());
    signalReturn = core.names().id("rt_sigreturn");
  }

  @Override
  public void register(Handlers handlers) {
    // What is entered and never left would go on for ever.
    if (core.arePairs(ModelEvent.IRQ_HANDLER_ENTRY, ModelEvent.IRQ_HANDLER_EXIT)) {
      handlers.on(ModelEvent.IRQ_HANDLER_ENTRY, this::irqEntry, "irq", "name");
      handlers.on(ModelEvent.IRQ_HANDLER_EXIT, this::irqExit);
    }
    if (core.arePairs(ModelEvent.SOFTIRQ_ENTRY, ModelEvent.SOFTIRQ_EXIT)) {
      handlers.on(ModelEvent.SOFTIRQ_ENTRY, this::softirqEntry, "vec");
      handlers.on(ModelEvent.SOFTIRQ_EXIT, this::softirqExit);
    }
    if (core.arePairs(ModelEvent.HRTIMER_EXPIRE_ENTRY, ModelEvent.HRTIMER_EXPIRE_EXIT)) {
      handlers.on(ModelEvent.HRTIMER_EXPIRE_ENTRY, _ -> timer("hrtimer"));
      handlers.on(ModelEvent.HRTIMER_EXPIRE_EXIT, _ -> this::returned);
    }
    if (core.arePairs(ModelEvent.TIMER_EXPIRE_ENTRY, ModelEvent.TIMER_EXPIRE_EXIT)) {
      handlers.on(ModelEvent.TIMER_EXPIRE_ENTRY, _ -> timer("timer"));
      handlers.on(ModelEvent.TIMER_EXPIRE_EXIT, _ -> timer(null));
    }
    handlers.on(ModelEvent.BLOCK_RQ_COMPLETE, _ -> this::completed);
    handlers.on(ModelEvent.SYSCALL_ENTRY, this::syscallEntry, "id");
    handlers.on(ModelEvent.SYSCALL_EXIT, this::syscallExit);
  }

  private RecordHandler irqEntry(RecordFields fields) {
    NumberField irq = fields.number("irq", -1);
    TextField name = fields.text("name");
    int unnamed = core.names().id("");
    return (row, ts, cpu) -> {
      int known = core.interruptName(irq.at(row), name, row);
      core.cpus().irq(cpu, known < 0 ? unnamed : known);
      sched.interrupt(CpuRuns.IRQ_ENTRY, ts, cpu);
    };
  }

  private RecordHandler irqExit(RecordFields fields) {
    return (_, ts, cpu) -> {
      core.cpus().irq(cpu, Symbols.NONE);
      sched.interrupt(CpuRuns.IRQ_EXIT, ts, cpu);
    };
  }

  private RecordHandler softirqEntry(RecordFields fields) {
    NumberField vec = fields.number("vec", 0);
    return (row, ts, cpu) -> {
      core.cpus().softirq(cpu, SoftirqNames.of(softirqNames, vec.at(row)));
      sched.interrupt(CpuRuns.SOFTIRQ_ENTRY, ts, cpu);
    };
  }

  private RecordHandler softirqExit(RecordFields fields) {
    return (_, ts, cpu) -> {
      core.cpus().softirq(cpu, Symbols.NONE);
      sched.interrupt(CpuRuns.SOFTIRQ_EXIT, ts, cpu);
    };
  }

  private RecordHandler timer(@Nullable String name) {
    long id = name == null ? Symbols.NONE : core.names().id(name);
    return (_, _, cpu) -> core.cpus().timer(cpu, id);
  }

  private RecordHandler syscallEntry(RecordFields fields) {
    if (TracerLayout.isNumbered(fields.variant())) {
      NumberedCalls calls = new NumberedCalls(fields, core.names());
      return (row, ts, cpu) -> {
        int name = calls.id(row);
        syscall(name == signalReturn ? Symbols.NONE : name, ts, cpu);
      };
    }
    int name = core.names().id(fields.variant());
    long inside = name == signalReturn ? Symbols.NONE : name;
    return (_, ts, cpu) -> syscall(inside, ts, cpu);
  }

  private RecordHandler syscallExit(RecordFields fields) {
    return (_, ts, cpu) -> syscall(Symbols.NONE, ts, cpu);
  }

  /// Only threads enter and leave calls: no interrupt is on top.
  private void syscall(long name, long ts, int cpu) {
    core.cpus().softirq(cpu, Symbols.NONE);
    sched.syscall(name, ts, cpu);
  }

  private void returned(int row, long ts, int cpu) {
    core.cpus().timer(cpu, Symbols.NONE);
    core.cpus().mark(cpu, Contexts.TIMER_RETURNED);
  }

  private void completed(int row, long ts, int cpu) {
    core.cpus().mark(cpu, Contexts.DISK);
  }
}
