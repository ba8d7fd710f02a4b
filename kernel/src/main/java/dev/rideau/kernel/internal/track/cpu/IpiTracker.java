package dev.rideau.kernel.internal.track.cpu;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
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

/// Interrupts that are not devices': the table `ipi`. They do not nest.
public final class IpiTracker implements Tracker {
  private static final int ENTRY = 0;
  private static final int EXIT = 1;
  private static final int LOST = 2;

  private final Core core;
  private final Ipis ipis;

  public IpiTracker(Core core) {
    this.core = core;
    ipis = new Ipis(core);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.IPI_ENTRY, fields -> reader(fields, ENTRY), "vector");
    handlers.on(ModelEvent.IPI_EXIT, fields -> reader(fields, EXIT), "vector");
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.INTERRUPTS) != 0) {
      ipis.feed(cpu, core.step(LOST, ts, cpu));
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

  private static final class Ipis extends Automata {
    private static final int SINCE = 0;
    private static final int NAME = 1;
    private static final int VECTOR = 2;
    private static final int THREAD = 3;

    private final TableRows rows;

    Ipis(Core core) {
      super(core, KeySpace.CPU, WordKind.PLAIN, WordKind.PLAIN, WordKind.PLAIN, WordKind.THREAD);
      rows = core.rows(CpuTables.IPI);
    }

    @Override
    protected void step(long[] words, int at, Step step, boolean isReal) {
      if (step.kind == ENTRY) {
        words[at + SINCE] = step.ts;
        words[at + NAME] = step.a;
        words[at + VECTOR] = step.b;
        words[at + THREAD] = step.thread;
        return;
      }
      if (isReal && step.kind == LOST) {
        end(step.key, words, at, step.ts);
      } else if (isReal && words[at + SINCE] != NONE && words[at + NAME] == step.a) {
        write(words, at, step.key, step.ts, 0);
      }
      initial(words, at);
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      if (words[at + SINCE] != NONE) {
        write(words, at, key, endNs, 2);
      }
    }

    private void write(long[] words, int at, long cpu, long ts, int clipped) {
      FactBatch row = rows.next();
      row.put(words[at + SINCE]).put(ts - words[at + SINCE]).put(clipped).put(cpu);
      row.put(words[at + NAME]).putOrNull(words[at + VECTOR], NONE).put(words[at + THREAD]).end();
    }
  }
}
