package dev.rideau.kernel.internal.track.cpu;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.CpuTables;

/// Interrupts that are not devices': the table `ipi`. They do not nest.
public final class IpiTracker implements Tracker {
  private final Core core;
  private final Ipis ipis;

  public IpiTracker(Core core) {
    this.core = core;
    ipis = new Ipis(core);
  }

  @Override
  public void register(Handlers handlers) {
    if (core.arePairs(ModelEvent.IPI_ENTRY, ModelEvent.IPI_EXIT)) {
      handlers.on(ModelEvent.IPI_ENTRY, fields -> reader(fields, Interrupts.ENTRY), "vector");
      handlers.on(ModelEvent.IPI_EXIT, fields -> reader(fields, Interrupts.EXIT), "vector");
    }
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.INTERRUPTS) != 0) {
      ipis.feed(cpu, core.step(Interrupts.LOST, ts, cpu));
    }
  }

  private RecordHandler reader(RecordFields fields, int kind) {
    NumberField vector = fields.number("vector", Long.MIN_VALUE);
    int name = core.names().id(fields.variant());
    return (row, ts, cpu) -> {
      Step step = core.step(kind, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.a = name;
      step.b = vector.at(row);
      ipis.feed(cpu, step);
    };
  }

  private static final class Ipis extends Interrupts {
    Ipis(Core core) {
      super(core, CpuTables.IPI);
    }

    @Override
    void write(
        long since,
        long end,
        int clipped,
        long cpu,
        long name,
        long vector,
        long thread,
        long left) {
      FactBatch row = rows.next();
      row.put(since).put(end - since).put(clipped).put(cpu);
      row.put(name).putOrNull(vector, NONE).put(thread).end();
    }
  }
}
