package dev.rideau.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `--on` waits for, on the machine that runs the tests.
@Tag("slow")
final class EventWatchTest {
  @BeforeEach
  void needsTracefs() {
    TracefsInstances.require();
  }

  private static Trigger sleepLongerThan(long ms, Process sleeper) {
    String same = "common_pid == " + sleeper.pid();
    return new Trigger.Lasts(
        "sleeps",
        List.of(EventRequest.parse("syscalls:sys_enter_clock_nanosleep if " + same)),
        "common_pid",
        List.of(EventRequest.parse("syscalls:sys_exit_clock_nanosleep if " + same)),
        "common_pid",
        ms * 1_000_000);
  }

  /// A shell that waits for a line and then sleeps, so that its id is known before.
  private static Process sleeper(String seconds) throws IOException {
    return new ProcessBuilder("sh", "-c", "read line; exec sleep " + seconds).start();
  }

  private static @Nullable String seen(EventWatch watch, Process process)
      throws IOException, InterruptedException {
    process.getOutputStream().write('\n');
    process.getOutputStream().close();
    process.waitFor();
    return watch.happened();
  }

  @Test
  void aCallThatLastsTooLongIsSeenWithItsLength() throws IOException, InterruptedException {
    Process sleeper = sleeper("0.3");
    try (EventWatch watch = EventWatch.start(List.of(sleepLongerThan(200, sleeper)), "mono")) {
      assertThat(watch.happened()).isNull();
      assertThat(seen(watch, sleeper))
          .contains("sys_exit_clock_nanosleep after", "" + sleeper.pid());
      assertThat(watch.happened()).isNull();
    }
  }

  @Test
  void aShortCallIsNot() throws IOException, InterruptedException {
    Process sleeper = sleeper("0.01");
    try (EventWatch watch = EventWatch.start(List.of(sleepLongerThan(60_000, sleeper)), "mono")) {
      assertThat(seen(watch, sleeper)).isNull();
    }
  }

  @Test
  void anEventWithAConditionIsSeenOnce() throws IOException, InterruptedException {
    Process sleeper = sleeper("0");
    Trigger exits =
        new Trigger.Happens(
            "exits", EventRequest.parse("sched_process_exit if pid == " + sleeper.pid()));
    try (EventWatch watch = EventWatch.start(List.of(exits), "mono")) {
      assertThat(watch.happened()).isNull();
      assertThat(seen(watch, sleeper))
          .startsWith("exits (sleep %d: comm=sleep pid=%1$d".formatted(sleeper.pid()));
      assertThat(watch.happened()).isNull();
    }
  }

  @Test
  void aFieldThatIsNotThereOrIsATextIsRefused() {
    for (String key : List.of("nofield", "next_comm")) {
      Trigger odd =
          new Trigger.Lasts(
              "odd",
              List.of(EventRequest.parse("sched:sched_switch")),
              "prev_pid",
              List.of(EventRequest.parse("sched:sched_switch")),
              key,
              1);
      assertThatThrownBy(() -> EventWatch.start(List.of(odd), "mono"))
          .isInstanceOf(RecordException.class)
          .hasMessage("the event 'sched_switch' has no number '%s'".formatted(key));
    }
  }
}
