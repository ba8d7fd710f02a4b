package dev.rideau.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import dev.rideau.trace.testing.TracefsInstances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What looks at the events of this machine see, while a process makes some.
@Tag("slow")
final class LiveRecordingTest {
  private static final int READS = 60_000;

  /// How far CPUs may be apart that have a clock each, as those of `local` have.
  private static final long APART_NS = 1_000_000;

  private static final Projection ALL =
      new Projection() {
        @Override
        public boolean includes(EventClass eventClass) {
          return true;
        }

        @Override
        public MemberSelection members(EventClass eventClass, Scope scope) {
          return MemberSelection.of(Set.of("fd"));
        }
      };

  private long seen;
  private long lookedUntilNs;

  @BeforeEach
  void needsTracefs() {
    TracefsInstances.require();
  }

  /// Looks once; by a clock of times the records are to lie behind those of the looks before.
  private void look(LiveRecording live, String clock) {
    long[] firstNs = {Long.MAX_VALUE};
    long[] lastNs = {Long.MIN_VALUE};
    long untilNs =
        live.look(
            ALL,
            (block, from, to) -> {
              seen += to - from;
              firstNs[0] = Math.min(firstNs[0], block.timestampsNs()[from]);
              lastNs[0] = Math.max(lastNs[0], block.timestampsNs()[to - 1]);
            },
            _ -> {});
    if (!clock.equals("counter")) {
      long apartNs = clock.equals("local") ? APART_NS : 0;
      assertThat(firstNs[0]).isGreaterThanOrEqualTo(lookedUntilNs - apartNs);
    }
    assertThat(lastNs[0]).isLessThanOrEqualTo(untilNs);
    lookedUntilNs = Math.max(lookedUntilNs, untilNs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mono", "local", "counter"})
  void aLookTakesAllThatHappenedBefore(String clock) throws IOException, InterruptedException {
    Process reader =
        new ProcessBuilder(
                "sh", "-c", "read line; exec dd if=/dev/zero of=/dev/null bs=1 count=" + READS)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    EventRequest reads =
        EventRequest.parse(
            "syscalls:sys_enter_read if common_pid == %d && count == 1".formatted(reader.pid()));
    RecordingOptions options =
        new RecordingOptions(
            Path.of(""), List.of(reads), 8192, clock, List.of(), List.of(), false, "");
    try (LiveRecording live = LiveRecording.start(options, _ -> {})) {
      reader.getOutputStream().write('\n');
      reader.getOutputStream().close();
      while (!reader.waitFor(3, TimeUnit.MILLISECONDS)) {
        look(live, clock);
      }
      look(live, clock);
      assertThat(live.lost()).isZero();
      // The shell reads its line byte by byte, the last time in vain or not at all.
      assertThat(seen).isBetween((long) READS, READS + 2L);
    }
  }
}
