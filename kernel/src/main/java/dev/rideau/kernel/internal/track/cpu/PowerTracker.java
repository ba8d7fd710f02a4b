package dev.rideau.kernel.internal.track.cpu;

import dev.rideau.kernel.FactTable;
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

/// Idle states and frequencies of CPUs: the tables `cpu_idle` and `cpu_frequency`.
public final class PowerTracker implements Tracker {
  /// The idle state of a CPU that is not idle.
  private static final int NOT_IDLE = -1;

  private static final int MOST_CPUS = 1 << 16;

  private static final int CHANGE = 0;
  private static final int LOST = 1;

  private final Core core;
  private final Levels idle;
  private final Levels frequency;

  public PowerTracker(Core core) {
    this.core = core;
    idle = new Levels(core, CpuTables.CPU_IDLE);
    frequency = new Levels(core, CpuTables.CPU_FREQUENCY);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.CPU_IDLE, fields -> reader(fields, idle, true), "state", "cpu_id");
    handlers.on(
        ModelEvent.CPU_FREQUENCY, fields -> reader(fields, frequency, false), "state", "cpu_id");
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & Gaps.POWER) != 0) {
      idle.feed(cpu, core.step(LOST, ts, cpu));
      frequency.feed(cpu, core.step(LOST, ts, cpu));
    }
  }

  private RecordHandler reader(RecordFields fields, Levels levels, boolean mayEnd) {
    NumberField state = fields.number("state", NOT_IDLE);
    NumberField cpuId = fields.number("cpu_id", -1);
    return (row, ts, cpu) -> {
      long target = cpuId.at(row);
      Step step = core.step(CHANGE, ts, cpu);
      int level = state.intAt(row);
      step.a = mayEnd && level == NOT_IDLE ? Long.MIN_VALUE : level & 0xffff_ffffL;
      levels.feed(target >= 0 && target < MOST_CPUS ? target : cpu, step);
    };
  }

  /// A level that each CPU has for a while.
  private static final class Levels extends Automata {
    private static final int SINCE = 0;
    private static final int LEVEL = 1;

    private final TableRows rows;

    Levels(Core core, FactTable table) {
      super(core, KeySpace.CPU, WordKind.PLAIN, WordKind.PLAIN);
      rows = core.rows(table);
    }

    @Override
    protected void step(long[] words, int at, Step step, boolean isReal) {
      if (isReal && words[at + LEVEL] != NONE) {
        write(words, at, step.key, step.ts, step.kind == LOST ? 2 : 0);
      }
      if (step.kind == LOST) {
        initial(words, at);
        return;
      }
      words[at + SINCE] = step.ts;
      words[at + LEVEL] = step.a;
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      if (words[at + LEVEL] != NONE) {
        write(words, at, key, endNs, 2);
      }
    }

    private void write(long[] words, int at, long cpu, long ts, int clipped) {
      long since = words[at + SINCE];
      rows.next().put(since).put(ts - since).put(clipped).put(cpu).put(words[at + LEVEL]).end();
    }
  }
}
