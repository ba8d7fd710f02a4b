package dev.rideau.cli.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.record.EventRequest;
import dev.rideau.record.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TriggerTextTest {
  private static final List<String> SYSCALLS = List.of("read", "write", "poll", "futex");

  private static Trigger.Lasts lasts(String text) {
    return (Trigger.Lasts) TriggerText.parse(text, SYSCALLS);
  }

  @Test
  void anEventWithAFilterIsLeftToTheKernel() {
    assertThat(TriggerText.parse("signal:signal_deliver if sig > 11", SYSCALLS))
        .isEqualTo(
            new Trigger.Happens(
                "signal:signal_deliver if sig > 11",
                new EventRequest("signal", "signal_deliver", "sig > 11", true)));
  }

  @Test
  void killedIsAnEventOfASignalThatNobodyHandles() {
    Trigger.Happens killed = (Trigger.Happens) TriggerText.parse("killed", SYSCALLS);
    assertThat(killed.event().name()).isEqualTo("signal_deliver");
    assertThat(killed.event().filter()).startsWith("sa_handler == 0");
  }

  @Test
  void systemCallsThatAreMadeToWaitDoNotCount() {
    Trigger.Lasts all = lasts("syscall > 100ms");
    assertThat(all.longerThanNs()).isEqualTo(100_000_000);
    assertThat(all.begins())
        .extracting(EventRequest::name)
        .containsExactly("sys_enter_read", "sys_enter_write");
    assertThat(all.ends())
        .extracting(EventRequest::name)
        .containsExactly("sys_exit_read", "sys_exit_write");
    assertThat(all.beginKey()).isEqualTo("common_pid");
  }

  @Test
  void systemCallsWithANameAlwaysCount() {
    assertThat(lasts("syscall poll, fsync > 1.5s").begins())
        .extracting(EventRequest::name)
        .containsExactly("sys_enter_poll", "sys_enter_fsync");
  }

  @Test
  void twoEventsMeetInAField() {
    Trigger.Lasts disk =
        lasts("block_rq_issue.sector if bytes > 4096 -> block:block_rq_complete.sector > 50ms");
    assertThat(disk.begins())
        .containsExactly(new EventRequest("*", "block_rq_issue", "bytes > 4096", true));
    assertThat(disk.ends())
        .containsExactly(new EventRequest("block", "block_rq_complete", null, true));
    assertThat(disk.beginKey()).isEqualTo("sector");
    assertThat(disk.endKey()).isEqualTo("sector");
    assertThat(disk.longerThanNs()).isEqualTo(50_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a -> > 5ms", "syscall > fast", "x if"})
  void whatIsNoneOfThemIsRefused(String text) {
    assertThatThrownBy(() -> TriggerText.parse(text, SYSCALLS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"syscall > 1", "syscall > ", "sched_waking -> sched_switch"})
  void theFormsOfTriggersAreNamed(String text) {
    assertThatThrownBy(() -> TriggerText.parse(text, SYSCALLS))
        .hasMessageContaining("syscall [NAME,...] > TIME, EVENT[.FIELD] -> EVENT[.FIELD] > TIME");
  }
}
