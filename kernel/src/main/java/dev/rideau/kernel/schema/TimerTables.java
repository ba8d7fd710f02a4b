package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// Timers, signals, work queues.
public final class TimerTables {
  public static final FactTable TIMER =
      FactTable.named("timer", "A timer was armed, and expired or was cancelled.")
          .interval("When it was armed.", "Until it expired or was cancelled.")
          .column("kind", FactType.NAME, "`hrtimer` or `timer`.")
          .column("address", FactType.LONG, "Address of the timer.")
          .nullable(
              "function",
              FactType.NAME,
              "Function that it calls: its name where known, else its address.")
          .nullable(
              "utid",
              FactType.UTID,
              "The thread that armed it; none when the kernel did, in an interrupt, a softirq or "
                  + "the function of a timer.")
          .nullable(
              "context",
              FactType.NAME,
              "Where it was armed: `thread`, `irq`, `softirq` or `timer`; none when it was armed "
                  + "before the recording.")
          .column("cpu", FactType.INT, "The CPU on which it was armed.")
          .nullable(
              "expires_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "For when it was armed, on the timeline of the trace, where the clocks allow "
                  + "to tell.")
          .column("end", FactType.NAME, "`expired`, `cancelled`, `rearmed` or `pending`.")
          .nullable(
              "late",
              FactType.DURATION,
              Unit.NANOSECONDS,
              "How long after the requested time it expired.")
          .nullable("callback", FactType.DURATION, Unit.NANOSECONDS, "How long its function ran.")
          .nullable("expire_cpu", FactType.INT, "The CPU on which it expired.")
          .build();

  public static final FactTable SIGNAL =
      FactTable.named("signal", "A signal was sent.")
          .point("When it was generated.")
          .column("signal", FactType.INT, "Its number.")
          .column("name", FactType.NAME, "Its name: `SIGKILL`.")
          .nullable("sender_utid", FactType.UTID, "The thread that ran where it was generated.")
          .nullable("utid", FactType.UTID, "The thread to which it was sent.")
          .nullable(
              "deliver_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "When a thread of the receiver handled it; none when ignored or lost.")
          .nullable(
              "result",
              FactType.INT,
              "0 delivered, 1 ignored, 2 already pending, 3 and 4 information lost.")
          .nullable("code", FactType.INT, "Why it was sent (si_code).")
          .build();

  public static final FactTable WORK =
      FactTable.named("work", "A work queue item ran.")
          .interval("When its function was called.", "Until it returned.")
          .column("cpu", FactType.INT, "The CPU.")
          .nullable("utid", FactType.UTID, "The worker thread.")
          .column("work", FactType.LONG, "Address of the item.")
          .nullable(
              "function", FactType.NAME, "Its function: its name where known, else its address.")
          .nullable("queue_ts", FactType.TIMESTAMP, Unit.NANOSECONDS, "When it was queued.")
          .nullable("queued_by", FactType.UTID, "The thread that queued it.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL = List.of(TIMER, SIGNAL, WORK);

  private TimerTables() {}
}
