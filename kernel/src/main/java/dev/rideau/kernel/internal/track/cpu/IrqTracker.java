package dev.rideau.kernel.internal.track.cpu;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TextField;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.internal.track.WordKind;
import dev.rideau.kernel.schema.CpuTables;

/// Hardware interrupt handlers: the table `irq`.
public final class IrqTracker implements Tracker {
  private static final int ENTRY = 0;
  private static final int EXIT = 1;
  private static final int LOST = 2;

  private final Core core;
  private final Irqs irqs;

  public IrqTracker(Core core) {
    this.core = core;
    irqs = new Irqs(core);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.IRQ_HANDLER_ENTRY, this::entry, "irq", "name");
    handlers.on(ModelEvent.IRQ_HANDLER_EXIT, this::exit, "irq", "ret");
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.INTERRUPTS) != 0) {
      irqs.feed(cpu, core.step(LOST, ts, cpu));
    }
  }

  private RecordHandler entry(RecordFields fields) {
    NumberField irq = fields.number("irq", -1);
    TextField name = fields.text("name");
    return (row, ts, cpu) -> {
      Step step = core.step(ENTRY, ts, cpu);
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
      Step step = core.step(EXIT, ts, cpu);
      step.a = irq.intAt(row);
      step.b = result.at(row);
      irqs.feed(cpu, step);
    };
  }

  /// What each CPU handles.
  private static final class Irqs extends Automata {
    private static final int SINCE = 0;
    private static final int IRQ = 1;
    private static final int NAME = 2;
    private static final int THREAD = 3;

    private final TableRows rows;

    Irqs(Core core) {
      super(core, KeySpace.CPU, WordKind.PLAIN, WordKind.PLAIN, WordKind.PLAIN, WordKind.THREAD);
      rows = core.rows(CpuTables.IRQ);
    }

    @Override
    protected void step(long[] words, int at, Step step, boolean isReal) {
      if (step.kind == ENTRY) {
        words[at + SINCE] = step.ts;
        words[at + IRQ] = step.a;
        words[at + NAME] = step.b;
        words[at + THREAD] = step.thread;
        return;
      }
      if (isReal && step.kind == LOST) {
        end(step.key, words, at, step.ts);
      } else if (isReal && words[at + SINCE] != NONE && words[at + IRQ] == step.a) {
        write(words, at, step.key, step.ts, 0, step.b);
      }
      initial(words, at);
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      if (words[at + SINCE] != NONE) {
        write(words, at, key, endNs, 2, NONE);
      }
    }

    private void write(long[] words, int at, long cpu, long ts, int clipped, long handled) {
      FactBatch row = rows.next();
      row.put(words[at + SINCE]).put(ts - words[at + SINCE]).put(clipped).put(cpu);
      row.put(words[at + IRQ]).putOrNull(words[at + NAME], -1).put(words[at + THREAD]);
      row.putOrNull(handled, NONE).end();
    }
  }
}
