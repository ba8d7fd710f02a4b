package dev.rideau.cli.internal.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What tables say of what was not recorded.
final class TopTextTest {
  private static final long MS = 1_000_000;

  private final TopRecords records = new TopRecords();

  /// The line of process 7, cells with one blank between.
  private static String line(TopTracker.Interval interval) {
    List<Usage> chosen = TopText.chosen(interval, SortKey.CPU, "7", 5);
    return TopText.processes(interval, chosen, SortKey.CPU, 0)
        .getLast()
        .strip()
        .replaceAll(" +", " ");
  }

  @Test
  void whatWasNotRecordedIsADash() {
    records.add(0, "sched_switch", 0, 0, 0, 7);
    records.add(50 * MS, "sched_switch", 7, 7, 0, 0);
    records.add(60 * MS, "sched_switch", 0, 0, 0, 7);
    TopTracker.Interval interval = records.until(100 * MS);
    assertThat(TopText.summary(interval, ""))
        .startsWith("0.10 s, 1 CPU: 10.0 % idle, - interrupts; ");
    assertThat(line(interval)).isEqualTo("7 90.0 - - - - - - - p7");
    assertThat(
            String.join("\n", TopText.process(interval, interval.usages().getFirst(), 5, _ -> "")))
        .containsPattern("7 +90\\.0 +- +- +2");
  }

  @Test
  void whatWasRecordedAndDidNotHappenToAProcessIsZero() {
    records.add(0, "sched_switch", 0, 0, 0, 7);
    records.add(10 * MS, "sched_wakeup", 7, 9);
    records.add(50 * MS, "sched_switch", 7, 7, 1, 9);
    records.add(60 * MS, "sys_enter_read", 9, 3);
    records.add(70 * MS, "irq_handler_entry", 9, 1);
    records.add(80 * MS, "irq_handler_exit", 9, 1);
    TopTracker.Interval interval = records.until(100 * MS);
    assertThat(TopText.summary(interval, "")).contains("1 CPU: 0.0 % idle, 10.0 % interrupts");
    assertThat(line(interval)).isEqualTo("7 50.0 0.00 0.00 0.00 0 - - - p7");
  }

  @Test
  void withoutSwitchesNobodyKnowsWhoRan() {
    records.add(0, "sys_enter_read", 7, 3);
    TopTracker.Interval interval = records.until(1000 * MS);
    assertThat(TopText.summary(interval, "")).contains("1 CPU: - idle, - interrupts");
    assertThat(line(interval)).isEqualTo("7 - - - - 1 - - - p7");
  }

  @Test
  void ofSomeProcessesIdlenessIsNotKnown() {
    records.restrict("7").add(0, "sched_switch", 0, 0, 0, 7);
    records.add(10 * MS, "irq_handler_entry", 7, 1);
    records.add(20 * MS, "irq_handler_exit", 7, 1);
    records.add(50 * MS, "sched_switch", 7, 7, 1, 0);
    TopTracker.Interval interval = records.until(100 * MS);
    assertThat(TopText.summary(interval, "")).contains(" 1 CPU: - idle, - interrupts");
    assertThat(line(interval)).isEqualTo("7 50.0 - - 10.00 - - - - p7");
  }

  @Test
  void recordsWithoutACpuMakeNone() {
    records.addSomewhere(0, "sys_enter_read", 7, 3);
    assertThat(TopText.summary(records.until(100 * MS), "")).contains(" - CPUs: - idle");
    records.add(0, 65535, "PERF_RECORD_COMM", 7, 7);
    assertThat(TopText.summary(records.until(100 * MS), "")).contains(" - CPUs: - idle");
    records.add(0, "sched_switch", 0, 0, 0, 7);
    assertThat(TopText.summary(records.until(100 * MS), "")).contains(" 1 CPU: 0.0 % idle");
  }

  @Test
  void whoIsWokenWaits() {
    records.add(0, "sched_switch", 9, 9, 1, 0);
    records.add(10 * MS, "sched_waking", 0, 7);
    records.add(30 * MS, "sched_switch", 0, 0, 0, 7);
    assertThat(line(records.until(100 * MS))).isEqualTo("7 70.0 20.00 20.00 - - - - - p7");
  }
}
