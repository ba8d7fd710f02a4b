package dev.rideau.kernel.schema;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactType;
import dev.rideau.kernel.Unit;
import java.util.List;

/// CPUs: what ran, idle states, frequencies, interrupts.
public final class CpuTables {
  public static final FactTable SCHED_SLICE =
      FactTable.named(
              "sched_slice",
              "What ran on a CPU: between two context switches. Idle threads are included "
                  + "(`thread.is_idle`).")
          .interval("When it was switched in.", "Until it was switched out.")
          .column("cpu", FactType.INT, "The CPU.")
          .column("utid", FactType.UTID, "The thread that ran.")
          .nullable("priority", FactType.INT, "Its priority when it was switched in.")
          .nullable(
              "end_state",
              FactType.NAME,
              "State in which it left: `R` preempted, `S` sleeping, `D` uninterruptible, "
                  + "`T` stopped, `t` traced, `X` dead, `Z` zombie, `P` parked, `I` idle; none at "
                  + "the recording's end.")
          .build();

  public static final FactTable CPU_IDLE =
      FactTable.named("cpu_idle", "A CPU was in an idle state.")
          .interval("When it entered the state.", "Until it left.")
          .column("cpu", FactType.INT, "The CPU.")
          .column("state", FactType.INT, "Number of the idle state (C-state of the driver).")
          .build();

  public static final FactTable CPU_FREQUENCY =
      FactTable.named("cpu_frequency", "A CPU ran at a frequency.")
          .interval("When the frequency was set.", "Until the next one.")
          .column("cpu", FactType.INT, "The CPU.")
          .column("frequency", FactType.LONG, Unit.KILOHERTZ, "The frequency.")
          .build();

  public static final FactTable IRQ =
      FactTable.named("irq", "A hardware interrupt handler ran.")
          .interval("When the handler was entered.", "Until it was left.")
          .column("cpu", FactType.INT, "The CPU.")
          .column("irq", FactType.INT, "Number of the interrupt.")
          .nullable(
              "name",
              FactType.NAME,
              "Name of its handler (device), from the event or the state dump.")
          .nullable("utid", FactType.UTID, "The thread that was interrupted.")
          .nullable(
              "handled",
              FactType.INT,
              "What the handler returned: 0 not its own, 1 handled, 2 wake the thread.")
          .build();

  public static final FactTable SOFTIRQ =
      FactTable.named("softirq", "A softirq ran.")
          .interval("When it was entered.", "Until it was left.")
          .column("cpu", FactType.INT, "The CPU.")
          .column("vec", FactType.INT, "Its number.")
          .column(
              "name",
              FactType.NAME,
              "Its name: `HI`, `TIMER`, `NET_TX`, `NET_RX`, `BLOCK`, `IRQ_POLL`, `TASKLET`, "
                  + "`SCHED`, `HRTIMER`, `RCU`.")
          .nullable("utid", FactType.UTID, "The thread that was interrupted.")
          .nullable(
              "raise_ts",
              FactType.TIMESTAMP,
              Unit.NANOSECONDS,
              "When it was raised first since it ran last; none when that was not recorded.")
          .build();

  public static final FactTable IPI =
      FactTable.named(
              "ipi",
              "An interrupt of another kind than devices': inter-processor, local timer, "
                  + "thermal.")
          .interval("When the handler was entered.", "Until it was left.")
          .column("cpu", FactType.INT, "The CPU.")
          .column(
              "name", FactType.NAME, "Its name: `local_timer`, `reschedule`, `call_function`, ...")
          .nullable("vector", FactType.INT, "Its vector number.")
          .nullable("utid", FactType.UTID, "The thread that was interrupted.")
          .build();

  /// All of the above.
  public static final List<FactTable> ALL =
      List.of(SCHED_SLICE, CPU_IDLE, CPU_FREQUENCY, IRQ, SOFTIRQ, IPI);

  private CpuTables() {}
}
