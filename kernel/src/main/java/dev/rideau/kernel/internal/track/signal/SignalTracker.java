package dev.rideau.kernel.internal.track.signal;

import dev.rideau.kernel.FactBatch;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.people.People;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Sequence;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.TableRows;
import dev.rideau.kernel.internal.track.ThreadRefs;
import dev.rideau.kernel.internal.track.Tracker;
import dev.rideau.kernel.schema.TimerTables;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Signals from sending to handling: the table `signal`.
///
/// A signal to a process is handled by any of its threads, so deliveries are matched by process.
public final class SignalTracker implements Tracker {
  private static final int GENERATE = 0;
  private static final int DELIVER = 1;
  private static final long NOT_RECORDED = Long.MIN_VALUE;

  private final Core core;
  private final Signals signals;

  /// @param people in the join: all threads
  public SignalTracker(Core core, @Nullable People people) {
    this.core = core;
    signals = new Signals(core, people);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(ModelEvent.SIGNAL_GENERATE, this::generate, "sig", "tid", "code", "result");
    handlers.on(ModelEvent.SIGNAL_DELIVER, this::deliver, "sig");
  }

  private RecordHandler generate(RecordFields fields) {
    NumberField signal = fields.number("sig", 0);
    NumberField tid = fields.number("tid", -1);
    NumberField code = fields.number("code", NOT_RECORDED);
    NumberField result = fields.number("result", NOT_RECORDED);
    return (row, ts, cpu) -> {
      Step step = core.step(GENERATE, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.other = core.threads().of(tid.at(row), cpu, ts);
      step.a = signal.at(row);
      step.b = code.at(row);
      step.c = result.at(row);
      signals.feed(step);
    };
  }

  private RecordHandler deliver(RecordFields fields) {
    NumberField signal = fields.number("sig", 0);
    return (row, ts, cpu) -> {
      Step step = core.step(DELIVER, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.a = signal.at(row);
      signals.feed(step);
    };
  }

  /// The signals that were sent and not handled yet.
  private static final class Signals extends Sequence {
    private record Target(int process, long signal) {}

    private record Sent(long ts, int sender, int target, long signal, long code, long result) {}

    private final @Nullable People people;
    private final TableRows rows;
    private final Core core;
    private final Map<Target, Sent> pending = new HashMap<>();

    Signals(Core core, @Nullable People people) {
      super(core);
      this.core = core;
      this.people = people;
      rows = core.rows(TimerTables.SIGNAL);
    }

    @Override
    protected void step(Step step) {
      if (step.kind == GENERATE) {
        Sent sent = new Sent(step.ts, step.thread, step.other, step.a, step.b, step.c);
        if (step.c > 0 || step.other == ThreadRefs.NONE) {
          // Ignored, pending already, or lost: nothing will be handled for this one.
          write(sent, NOT_RECORDED);
          return;
        }
        Sent before = pending.put(new Target(process(step.other), step.a), sent);
        if (before != null) {
          write(before, NOT_RECORDED);
        }
      } else if (step.thread != ThreadRefs.NONE) {
        Sent sent = pending.remove(new Target(process(step.thread), step.a));
        if (sent != null) {
          write(sent, step.ts);
        }
      }
    }

    private int process(int thread) {
      People all = people;
      return all == null ? thread : all.person(thread).family().index();
    }

    @Override
    protected void end(long key, long[] words, int at, long endNs) {
      pending.values().forEach(sent -> write(sent, NOT_RECORDED));
      pending.clear();
    }

    private void write(Sent sent, long delivered) {
      FactBatch row = rows.next();
      row.put(sent.ts).put(sent.signal).put(core.names().id(SignalNames.of(sent.signal)));
      row.put(sent.sender).put(sent.target).putOrNull(delivered, NOT_RECORDED);
      row.putOrNull(sent.result, NOT_RECORDED).putOrNull(sent.code, NOT_RECORDED).end();
    }
  }
}
