package dev.rideau.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventRequestTest {
  @Test
  void groupNameAndFilter() {
    assertThat(EventRequest.parse("block:* if bytes > 65536"))
        .isEqualTo(new EventRequest("block", "*", "bytes > 65536", true));
    assertThat(EventRequest.parse("sched_switch"))
        .isEqualTo(new EventRequest("*", "sched_switch", null, true));
  }

  @Test
  void anythingElseIsRefused() {
    for (String text : List.of("", "a:", ":b", "a/b:c", "../x:y", "a if ")) {
      assertThatThrownBy(() -> EventRequest.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void everyProfileKnowsNamesAndAges() {
    for (Profile profile : Profile.values()) {
      assertThat(Profile.events(EnumSet.of(profile)))
          .extracting(EventRequest::name)
          .contains(
              "sched_switch", "sched_process_fork", "sched_process_exec", "sched_process_exit")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void profilesOfDiskAndMemoryKnowWhoWakes() {
    assertThat(Profile.events(EnumSet.of(Profile.IO)))
        .extracting(EventRequest::name)
        .contains("sched_waking", "block_rq_issue", "block_rq_complete");
    assertThat(Profile.events(EnumSet.of(Profile.MEMORY)))
        .extracting(EventRequest::name)
        .contains("sched_waking", "block_rq_issue", "block_rq_complete", "block_rq_requeue");
  }

  @Test
  void severalInOneTextAreAskedForOneByOne() {
    assertThatThrownBy(() -> EventRequest.parse("net:*,sched:*"))
        .hasMessageEndingWith("; give several one by one");
  }
}
