package dev.rideau.kernel.internal.track.work;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.track.Addresses;
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
import dev.rideau.kernel.schema.TimerTables;

/// Work queue items from queueing over start to end: the table `work`. Keys are their addresses.
public final class WorkTracker implements Tracker {
  private static final int QUEUE = 0;
  private static final int START = 1;
  private static final int END = 2;

  private final Core core;
  private final Items items;

  public WorkTracker(Core core) {
    this.core = core;
    items = new Items(core);
  }

  @Override
  public void register(Handlers handlers) {
    if (!core.isRecorded(ModelEvent.WORKQUEUE_EXECUTE_END)) {
      return;
    }
    handlers.on(ModelEvent.WORKQUEUE_QUEUE_WORK, fields -> reader(fields, QUEUE), "work");
    handlers.on(
        ModelEvent.WORKQUEUE_EXECUTE_START, fields -> reader(fields, START), "work", "function");
    handlers.on(ModelEvent.WORKQUEUE_EXECUTE_END, fields -> reader(fields, END), "work");
  }

  private RecordHandler reader(RecordFields fields, int kind) {
    NumberField work = fields.number("work", 0);
    NumberField function = fields.number("function", 0);
    return (row, ts, cpu) -> {
      Step step = core.step(kind, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.a = function.at(row);
      items.feed(work.at(row), step);
    };
  }

  /// What became of each item; it may be queued again while it runs.
  private static final class Items extends Automata {
    private static final int QUEUED = 0;
    private static final int QUEUED_BY = 1;
    private static final int SINCE = 2;
    private static final int CPU = 3;
    private static final int WORKER = 4;
    private static final int FUNCTION = 5;
    private static final int QUEUED_BEFORE = 6;
    private static final int QUEUED_BEFORE_BY = 7;

    private final TableRows rows;
    private final Addresses functions;

    Items(Core core) {
      super(
          core,
          KeySpace.NUMBER,
          WordKind.PLAIN,
          WordKind.THREAD,
          WordKind.PLAIN,
          WordKind.PLAIN,
          WordKind.THREAD,
          WordKind.PLAIN,
          WordKind.PLAIN,
          WordKind.THREAD);
      rows = core.rows(TimerTables.WORK);
      functions = new Addresses(core.names());
    }

    @Override
    protected void step(long[] words, int at, Step step, boolean isReal) {
      cut(words, at, step.key, step.ts, isReal);
      switch (step.kind) {
        case QUEUE -> {
          words[at + QUEUED] = step.ts;
          words[at + QUEUED_BY] = step.thread;
        }
        case START -> {
          words[at + SINCE] = step.ts;
          words[at + CPU] = step.cpu;
          words[at + WORKER] = step.thread;
          words[at + FUNCTION] = step.a;
          words[at + QUEUED_BEFORE] = words[at + QUEUED];
          words[at + QUEUED_BEFORE_BY] = words[at + QUEUED_BY];
          words[at + QUEUED] = NONE;
          words[at + QUEUED_BY] = NONE;
        }
        default -> {
          if (isReal && words[at + SINCE] != NONE) {
            write(words, at, step.key, step.ts, 0);
          }
          forget(words, at);
        }
      }
    }

    /// What became of an item while records are missing is not known: of one that ran, on its CPU;
    /// of one that was queued, on any.
    private void cut(long[] words, int at, long key, long ts, boolean isReal) {
      long since = words[at + SINCE];
      if (isTime(since)) {
        long lostNs = core.gaps().firstFrom(Gaps.WORK, (int) words[at + CPU], since);
        if (lostNs != Gaps.NONE && lostNs < ts) {
          if (isReal) {
            write(words, at, key, lostNs, 2);
          }
          forget(words, at);
        }
      }
      long queued = words[at + QUEUED];
      if (isTime(queued)) {
        long lostNs = core.gaps().firstOfAll(Gaps.WORK, queued);
        if (lostNs != Gaps.NONE && lostNs < ts) {
          words[at + QUEUED] = NONE;
          words[at + QUEUED_BY] = NONE;
        }
      }
    }

    private static boolean isTime(long word) {
      return word != NONE && word != UNKNOWN;
    }

    private static void forget(long[] words, int at) {
      for (int word = SINCE; word <= QUEUED_BEFORE_BY; word++) {
        words[at + word] = NONE;
      }
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      cut(words, at, key, endNs, true);
      if (words[at + SINCE] != NONE) {
        write(words, at, key, endNs, 2);
      }
    }

    private void write(long[] words, int at, long work, long ts, int clipped) {
      FactBatch row = rows.next();
      row.put(words[at + SINCE]).put(ts - words[at + SINCE]).put(clipped).put(words[at + CPU]);
      row.put(words[at + WORKER]).put(work);
      long function = words[at + FUNCTION];
      if (function == 0) {
        row.putNull();
      } else {
        row.put(functions.id(function));
      }
      row.putOrNull(words[at + QUEUED_BEFORE], NONE).put(words[at + QUEUED_BEFORE_BY]).end();
    }
  }
}
