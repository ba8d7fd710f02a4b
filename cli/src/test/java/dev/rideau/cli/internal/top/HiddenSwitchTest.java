package dev.rideau.cli.internal.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Context switches that the kernel did not record.
final class HiddenSwitchTest {
  private final TopRecords records = new TopRecords();

  private long cpuNs(int pid) {
    return TopRecords.of(records.until(10_000), pid).cpuNs;
  }

  @Test
  void theTimeBetweenTheLastOfOneAndTheFirstOfAnotherIsNobodys() {
    records.add(1000, "sched_switch", 0, 0, 0, 7);
    records.add(1300, "sys_enter_read", 7, 3);
    records.add(5000, "sys_enter_read", 9, 3);
    records.add(5600, "sched_switch", 9, 9, 1, 0);
    assertThat(cpuNs(7)).isEqualTo(300);
    assertThat(cpuNs(9)).isEqualTo(600);
  }

  @Test
  void whoLeavesWithoutHavingComeHasNotRunSinceTheSwitchBefore() {
    records.add(1000, "sched_switch", 0, 0, 0, 7);
    records.add(1300, "irq_handler_entry", 7, 1);
    records.add(1400, "irq_handler_exit", 7, 1);
    records.add(5000, "sched_switch", 9, 9, 1, 0);
    assertThat(cpuNs(7)).isEqualTo(400);
    assertThat(cpuNs(9)).isZero();
  }

  @Test
  void idlenessEndsWhereSomebodyIsSeen() {
    records.add(1000, "sched_switch", 7, 7, 1, 0);
    records.add(1200, "sched_wakeup", 0, 9);
    records.add(4000, "sys_enter_read", 9, 3);
    TopTracker.Interval interval = records.until(10_000);
    assertThat(interval.idleNs()).isEqualTo(200);
    assertThat(TopRecords.of(interval, 9).cpuNs).isEqualTo(6000);
    assertThat(TopRecords.of(interval, 9).waitNs).isZero();
  }

  @Test
  void ofOtherTidsThanSwitchesTellNothingIsMade() {
    // As a tracer in a container has them.
    records.add(1000, "sched_switch", 1, 507, 0, 509);
    records.add(1300, "sys_enter_read", 3, 3);
    records.add(5000, "sched_switch", 3, 509, 1, 0);
    assertThat(cpuNs(509)).isEqualTo(4000);
  }
}
