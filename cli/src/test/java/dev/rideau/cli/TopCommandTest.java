package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import dev.rideau.trace.testing.TracefsInstances;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `rideau top` over the trace that comes along: three busy loops.
final class TopCommandTest {
  private static final String TRACE = SharedData.checkout().resolve("examples/cpuburn").toString();

  @Test
  void theBusyLoopsAreOnTop() {
    Run run = Run.of("top", TRACE, "--batch", "--interval", "5s", "--count", "1", "--rows", "3");
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(run.stdout().lines().skip(2).limit(3)).allMatch(line -> line.contains("cpuburn"));
  }

  @Test
  void oneProcessIsShownWithThreadsAndCalls() {
    Run run =
        Run.of("top", TRACE, "--batch", "--interval", "10s", "--process", "280", "--rows", "5");
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(run.stdout())
        .contains("process 280", "THREAD", "SYSTEM CALL", "FILE")
        .contains("cpuburn3");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThat(Run.of("top", TRACE, "--sort", "colour").exitCode()).isEqualTo(2);
    assertThat(Run.of("top", TRACE, "--live").exitCode()).isEqualTo(2);
    assertThat(Run.of("top", TRACE, "--interval", "1us").exitCode()).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void liveIntervalsAreAsLongAsAsked() {
    TracefsInstances.require();
    Run run = Run.of("top", "--batch", "--count", "4", "--rows", "1", "--interval", "100ms");
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(run.stdout().lines().filter(line -> line.contains(" CPUs: ")))
        .hasSize(4)
        .allMatch(line -> Double.parseDouble(line.substring(0, line.indexOf(" s,"))) >= 0.1);
  }
}
