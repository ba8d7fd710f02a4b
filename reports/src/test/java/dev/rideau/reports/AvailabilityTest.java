package dev.rideau.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.reports.ReportRunner.Availability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What cannot be told is said, and not taken for nothing.
final class AvailabilityTest {
  private static Report.Need need(String... anyOf) {
    return new Report.Need(List.of(anyOf));
  }

  @Test
  void tellsWhatWasNotRecordedFromWhatDidNotHappen() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts
          .row("event_class", "name, events, used_as", "'sched_switch', 0, 'sched_switch'")
          .row("event_class", "name, events, used_as", "'signal_generate', 0, 'signal_generate'")
          .row("event_class", "name, events, used_as", "'timer_start', 5, 'timer_start'");
      ReportRunner runner = new ReportRunner(facts);

      assertThat(runner.availability(need("timer_start"))).isEqualTo(Availability.RECORDED);
      assertThat(runner.availability(need("none", "timer_start"))).isEqualTo(Availability.RECORDED);
      assertThat(runner.availability(need("signal_generate"))).isEqualTo(Availability.NONE_SEEN);
      assertThat(runner.availability(need("none"))).isEqualTo(Availability.ABSENT);
      // Threads are switched all the time: without a record it was filtered out.
      assertThat(runner.availability(need("sched_switch"))).isEqualTo(Availability.ABSENT);
    }
  }

  @Test
  void ofChosenThreadsItMayBeThatNothingHappened() {
    for (String entry : List.of("'recorded_tids', '17'", "'recorder', 'rideau 1.0'")) {
      try (HandMadeFacts facts = new HandMadeFacts()) {
        facts
            .row("event_class", "name, events, used_as", "'sched_switch', 0, 'sched_switch'")
            .row("recording", "name, value", entry);
        ReportRunner runner = new ReportRunner(facts);

        assertThat(runner.availability(need("sched_switch"))).isEqualTo(Availability.NONE_SEEN);
        assertThat(runner.availability(need("sched_waking"))).isEqualTo(Availability.ABSENT);
      }
    }
  }

  @Test
  void whatAFilterKeptSomeOfWasRecordedInPart() {
    assertThat(ReportRunner.absence("sched_switch", "sched_waking,sched_switch"))
        .isEqualTo("was recorded only in part, by a filter or by sampling");
    assertThat(ReportRunner.absence("sched_waking or sched_wakeup", "sched_wakeup_new"))
        .isEqualTo(ReportRunner.absence("sched_switch", null))
        .isEqualTo("was not recorded");
  }

  @Test
  void explainsNothingThatItCannotKnow() {
    try (HandMadeFacts facts = new HandMadeFacts()) {
      facts.row("event_class", "name, events, used_as", "'timer_start', 5, 'timer_start'");
      facts.row("recording", "name, value", "'begin_ts', '0'");
      facts.row("recording", "name, value", "'end_ts', '1000000000'");
      facts.row("loss", "ts, dur, kind, count", "10, 20, 'discarded events', 7");
      ReportRunner runner = new ReportRunner(facts);
      Explanation explanation =
          Explanation.of(
              runner,
              ReportCatalog.with(Path.of("there-is-no-such")),
              runner.recording(),
              new ValueText(Long::toString));

      assertThat(explanation.shortages()).isEmpty();
      assertThat(explanation.shortOf()).isEmpty();
      assertThat(explanation.findings()).isEmpty();
      assertThat(explanation.unanswered())
          .extracting(Explanation.Unanswered::resource)
          .contains("cpu", "disk", "memory", "locks", "network");
      assertThat(explanation.unavailable()).containsKey("sched_switch");
      assertThat(explanation.hasStateDump()).isFalse();
      assertThat(explanation.losses()).isEqualTo(new Losses(7, false, 0, 0, 10, 30));
    }
  }
}
