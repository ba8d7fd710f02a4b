package dev.rideau.kernel.internal.track.timer;

import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.NumberField;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.track.Core;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.kernel.internal.track.Step;
import dev.rideau.kernel.internal.track.Tracker;

/// Timers from arming to expiry or cancellation: the table `timer`. Keys are their addresses.
///
/// Times of high-resolution timers are nanoseconds of the clock that each timer uses; those of the
/// others are ticks of a length that the trace does not tell.
public final class TimerTracker implements Tracker {
  private final Core core;
  private final Timers highResolution;
  private final Timers ticks;

  public TimerTracker(Core core) {
    this.core = core;
    highResolution = new Timers(core, "hrtimer", true);
    ticks = new Timers(core, "timer", false);
  }

  @Override
  public void register(Handlers handlers) {
    handlers.on(
        ModelEvent.HRTIMER_START,
        fields -> start(fields, highResolution, "hrtimer"),
        "hrtimer",
        "function",
        "expires",
        "softexpires");
    handlers.on(
        ModelEvent.HRTIMER_CANCEL,
        fields -> other(fields, highResolution, "hrtimer", Timers.CANCEL),
        "hrtimer");
    handlers.on(
        ModelEvent.HRTIMER_EXPIRE_ENTRY,
        fields -> other(fields, highResolution, "hrtimer", Timers.EXPIRE_ENTRY),
        "hrtimer",
        "function",
        "now");
    handlers.on(
        ModelEvent.HRTIMER_EXPIRE_EXIT,
        fields -> other(fields, highResolution, "hrtimer", Timers.EXPIRE_EXIT),
        "hrtimer");
    handlers.on(
        ModelEvent.TIMER_START, fields -> start(fields, ticks, "timer"), "timer", "function");
    handlers.on(
        ModelEvent.TIMER_CANCEL, fields -> other(fields, ticks, "timer", Timers.CANCEL), "timer");
    handlers.on(
        ModelEvent.TIMER_EXPIRE_ENTRY,
        fields -> other(fields, ticks, "timer", Timers.EXPIRE_ENTRY),
        "timer",
        "function");
    handlers.on(
        ModelEvent.TIMER_EXPIRE_EXIT,
        fields -> other(fields, ticks, "timer", Timers.EXPIRE_EXIT),
        "timer");
  }

  private RecordHandler start(RecordFields fields, Timers timers, String timer) {
    NumberField address = fields.number(timer, 0);
    NumberField function = fields.number("function", 0);
    NumberField soft = fields.number("softexpires", Timers.NO_TIME);
    // The time that was asked for; what is called expires adds the slack that is granted.
    NumberField expires = soft.isRecorded() ? soft : fields.number("expires", Timers.NO_TIME);
    return (row, ts, cpu) -> {
      Step step = core.step(Timers.START, ts, cpu);
      step.thread = core.cpus().thread(cpu);
      step.context = core.cpus().context(cpu);
      step.a = function.at(row);
      step.b = expires.at(row);
      timers.feed(address.at(row), step);
    };
  }

  private RecordHandler other(RecordFields fields, Timers timers, String timer, int kind) {
    NumberField address = fields.number(timer, 0);
    NumberField function = fields.number("function", 0);
    NumberField now = fields.number("now", Timers.NO_TIME);
    return (row, ts, cpu) -> {
      Step step = core.step(kind, ts, cpu);
      step.a = function.at(row);
      step.b = now.at(row);
      timers.feed(address.at(row), step);
    };
  }
}
