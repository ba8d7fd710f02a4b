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
import dev.rideau.kernel.internal.track.sched.SoftirqNames;
import dev.rideau.kernel.schema.CpuTables;

/// Softirqs from raise over entry to exit: the table `softirq`. Keys are CPU and number.
public final class SoftirqTracker implements Tracker {
  private static final int RAISE = 0;
  private static final int ENTRY = 1;
  private static final int EXIT = 2;
  private static final int LOST = 3;

  /// Room for the numbers of softirqs of a CPU in a key; Linux has ten.
  private static final int VECTORS = 16;

  private final Core core;
  private final Softirqs softirqs;

  public SoftirqTracker(Core core) {
    this.core = core;
    softirqs = new Softirqs(core);
  }

  @Override
  public void register(Handlers handlers) {
    if (core.arePairs(ModelEvent.SOFTIRQ_ENTRY, ModelEvent.SOFTIRQ_EXIT)) {
      handlers.on(ModelEvent.SOFTIRQ_RAISE, fields -> reader(fields, RAISE), "vec");
      handlers.on(ModelEvent.SOFTIRQ_ENTRY, fields -> reader(fields, ENTRY), "vec");
      handlers.on(ModelEvent.SOFTIRQ_EXIT, fields -> reader(fields, EXIT), "vec");
    }
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.INTERRUPTS) != 0) {
      for (int vec = 0; vec < VECTORS; vec++) {
        softirqs.feed((long) cpu * VECTORS + vec, core.step(LOST, ts, cpu));
      }
    }
  }

  private RecordHandler reader(RecordFields fields, int kind) {
    NumberField vec = fields.number("vec", 0);
    return (row, ts, cpu) -> {
      Step step = core.step(kind, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      softirqs.feed((long) cpu * VECTORS + (vec.at(row) & VECTORS - 1), step);
    };
  }

  /// What became of each softirq of each CPU.
  private static final class Softirqs extends Automata {
    private static final int RAISED = 0;
    private static final int SINCE = 1;
    private static final int RAISED_BEFORE = 2;
    private static final int THREAD = 3;

    private final TableRows rows;
    private final int[] names;

    Softirqs(Core core) {
      super(core, KeySpace.CPU, WordKind.PLAIN, WordKind.PLAIN, WordKind.PLAIN, WordKind.THREAD);
      rows = core.rows(CpuTables.SOFTIRQ);
      names = SoftirqNames.ids(core.names());
    }

    @Override
    protected void step(long[] words, int at, Step step, boolean isReal) {
      switch (step.kind) {
        case RAISE -> {
          if (words[at + RAISED] == NONE) {
            words[at + RAISED] = step.ts;
          }
        }
        case ENTRY -> {
          words[at + SINCE] = step.ts;
          words[at + RAISED_BEFORE] = words[at + RAISED];
          words[at + THREAD] = step.thread;
          words[at + RAISED] = NONE;
        }
        case LOST -> {
          if (isReal) {
            end(step.key, words, at, step.ts);
          }
          initial(words, at);
        }
        default -> {
          if (isReal && words[at + SINCE] != NONE) {
            write(words, at, step.key, step.ts, 0);
          }
          words[at + SINCE] = NONE;
          words[at + RAISED_BEFORE] = NONE;
          words[at + THREAD] = NONE;
        }
      }
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      if (words[at + SINCE] != NONE) {
        write(words, at, key, endNs, 2);
      }
    }

    private void write(long[] words, int at, long key, long ts, int clipped) {
      FactBatch row = rows.next();
      long vec = key % VECTORS;
      row.put(words[at + SINCE]).put(ts - words[at + SINCE]).put(clipped).put(key / VECTORS);
      row.put(vec).put(SoftirqNames.of(names, vec)).put(words[at + THREAD]);
      row.putOrNull(words[at + RAISED_BEFORE], NONE).end();
    }
  }
}
