package dev.rideau.kernel.internal.track.page;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.track.Automata;
import dev.rideau.kernel.internal.track.BodyLoss;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Gaps;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.KeySpace;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.internal.track.WordKind;
import dev.rideau.kernel.schema.MemoryTables;

/// Threads that free memory before they get any: the table `reclaim`. Keys are bodies (see
/// [Bodies]), for a thread that frees memory may wait and go on elsewhere.
public final class ReclaimTracker implements Tracker, BodyLoss {
  private static final int BEGIN = 0;
  private static final int END = 1;
  private static final int CUT = 2;
  private static final int LOST = 3;

  private final Core core;
  private final Reclaims reclaims;

  public ReclaimTracker(Core core) {
    this.core = core;
    reclaims = new Reclaims(core);
  }

  @Override
  public void register(Handlers handlers) {
    if (!core.isRecorded(ModelEvent.RECLAIM_END)) {
      return;
    }
    handlers.on(ModelEvent.RECLAIM_BEGIN, fields -> reader(fields, BEGIN, "order"), "order");
    handlers.on(
        ModelEvent.RECLAIM_END, fields -> reader(fields, END, "nr_reclaimed"), "nr_reclaimed");
  }

  @Override
  public void lost(int kinds, long ts, int cpu) {
    if ((kinds & (Gaps.RECLAIM | Gaps.SWITCHES)) != 0) {
      reclaims.feed(core.cpus().body(cpu), core.step(CUT, ts, cpu));
    }
  }

  @Override
  public void lostBody(int body, long ts, int cpu) {
    reclaims.feed(body, core.step(LOST, ts, cpu));
  }

  private RecordHandler reader(RecordFields fields, int kind, String field) {
    NumberField number = fields.number(field, Long.MIN_VALUE);
    return (row, ts, cpu) -> {
      Step step = core.step(kind, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.a = number.at(row);
      reclaims.feed(core.cpus().body(cpu), step);
    };
  }

  private static final class Reclaims extends Automata {
    private static final int SINCE = 0;
    private static final int THREAD = 1;
    private static final int CPU = 2;
    private static final int ORDER = 3;

    private final TableRows rows;

    Reclaims(Core core) {
      super(core, KeySpace.BODY, WordKind.PLAIN, WordKind.THREAD, WordKind.PLAIN, WordKind.PLAIN);
      rows = core.rows(MemoryTables.RECLAIM);
    }

    @Override
    protected void step(long[] words, int at, Step step, boolean isReal) {
      // When a body got lost is not known in all ways to track: what it did is told of no more.
      if (isReal && words[at + SINCE] != NONE && step.kind != LOST) {
        long lostNs = lostBefore(words[at + SINCE], step.ts);
        if (lostNs == Gaps.NONE && step.kind == END) {
          write(words, at, step.ts, 0, step.a);
        } else {
          write(words, at, lostNs == Gaps.NONE ? step.ts : lostNs, 2, NONE);
        }
      }
      if (step.kind == BEGIN) {
        words[at + SINCE] = step.ts;
        words[at + THREAD] = step.thread;
        words[at + CPU] = step.cpu;
        words[at + ORDER] = step.a;
      } else {
        initial(words, at);
      }
    }

    /// When records after `since` may be missing that tell who does it or that it ended.
    private long lostBefore(long since, long ts) {
      long first = core.gaps().firstOfAll(Gaps.RECLAIM, since);
      long switches = core.gaps().firstOfAll(Gaps.SWITCHES, since);
      if (first == Gaps.NONE || switches != Gaps.NONE && switches < first) {
        first = switches;
      }
      return first != Gaps.NONE && first < ts ? first : Gaps.NONE;
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      if (words[at + SINCE] != NONE) {
        long lostNs = lostBefore(words[at + SINCE], endNs);
        write(words, at, lostNs == Gaps.NONE ? endNs : lostNs, 2, NONE);
      }
    }

    private void write(long[] words, int at, long endNs, int clipped, long pages) {
      FactBatch row = rows.next();
      row.put(words[at + SINCE]).put(endNs - words[at + SINCE]).put(clipped);
      row.put(words[at + THREAD]).put(words[at + CPU]).putOrNull(words[at + ORDER], NONE);
      row.putOrNull(pages, NONE).end();
    }
  }
}
