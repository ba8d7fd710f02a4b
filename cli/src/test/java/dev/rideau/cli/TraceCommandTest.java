package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.Tracer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `rideau trace` controls a program, which here is this one.
final class TraceCommandTest {
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  @TraceProvider("controlled")
  interface Events {
    @TraceEvent
    void step(int number);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  @Test
  void aSessionIsMadeStoppedAndContinuedFromOutside(@TempDir Path folder) {
    Tracer.openControl();
    Path trace = folder.resolve("trace");
    EVENTS.step(1);
    String made =
        did("start", SELF, "--output=" + trace, "--session=outside", "--events=controlled:*");
    assertThat(made).isEqualTo(trace + "\n");
    EVENTS.step(2);
    assertThat(did("list")).contains(SELF + "\toutside\tactive\t0\t" + trace);
    did("stop", SELF, "--session=outside");
    EVENTS.step(3);
    assertThat(did("list")).contains(SELF + "\toutside\tstopped\t0\t" + trace);
    did("start", SELF, "--session=outside");
    EVENTS.step(4);
    String snapshot = did("snapshot", SELF, "--session=outside").strip();
    did("stop", SELF);
    for (String each : new String[] {trace.toString(), snapshot}) {
      assertThat(Run.of("cat", each).stdout())
          .contains("number = 2", "number = 4")
          .doesNotContain("number = 1 ", "number = 3");
    }
  }

  private static String did(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "trace";
    System.arraycopy(words, 0, all, 1, words.length);
    Run run = Run.of(all);
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return run.stdout();
  }

  @Test
  void eventsAreThoseOfANewSession() {
    Run run = Run.of("trace", "start", SELF, "--events=a:*");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.stderr()).contains("--events needs --output");
  }
}
