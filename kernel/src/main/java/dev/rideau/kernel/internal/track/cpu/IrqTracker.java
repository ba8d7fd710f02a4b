package dev.rideau.kernel.internal.track.cpu;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.CpuTables;

/// Hardware interrupt handlers: the table `irq`.
public final class IrqTracker implements Tracker {
  private final Core core;
  private final Irqs irqs;

  public IrqTracker(Core core) {
    this.core = core;
    irqs = new Irqs(core);
  }

  @Override
  public void register(Handlers handlers) {
    if (core.arePairs(ModelEvent.IRQ_HANDLER_ENTRY, ModelEvent.IRQ_HANDLER_EXIT)) {
      handlers.on(ModelEvent.IRQ_HANDLER_ENTRY, this::entry, "irq", "name");
      handlers.on(ModelEvent.IRQ_HANDLER_EXIT, this::exit, "irq", "ret");
    }
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.INTERRUPTS) != 0) {
      irqs.feed(cpu, core.step(Interrupts.LOST, ts, cpu));
    }
  }

  private RecordHandler entry(RecordFields fields) {
    NumberField irq = fields.number("irq", -1);
    TextField name = fields.text("name");
    return (row, ts, cpu) -> {
      Step step = core.step(Interrupts.ENTRY, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.a = irq.intAt(row);
      step.b = core.interruptName(step.a, name, row);
      irqs.feed(cpu, step);
    };
  }

  private RecordHandler exit(RecordFields fields) {
    NumberField irq = fields.number("irq", -1);
    NumberField result = fields.number("ret", Long.MIN_VALUE);
    return (row, ts, cpu) -> {
      Step step = core.step(Interrupts.EXIT, ts, cpu);
      step.a = irq.intAt(row);
      step.b = result.at(row);
      irqs.feed(cpu, step);
    };
  }

  private static final class Irqs extends Interrupts {
    Irqs(Core core) {
      super(core, CpuTables.IRQ);
    }

    @Override
    void write(
        long since,
        long end,
        int clipped,
        long cpu,
        long irq,
        long name,
        long thread,
        long handled) {
      FactBatch row = rows.next();
      row.put(since).put(end - since).put(clipped).put(cpu);
      row.put(irq).putOrNull(name, -1).put(thread).putOrNull(handled, NONE).end();
    }
  }
}
