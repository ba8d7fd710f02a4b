package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The context `STACK`: a number in each record, whose meaning is told once.
final class StackTracesTest {
  @TraceProvider("stacks")
  interface Events {
    @TraceEvent
    void point(int number);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  @TempDir Path folder;

  private TraceSession session(String name) {
    TraceSession session =
        Tracer.session(name)
            .output(folder.resolve(name))
            .channel(ChannelOptions.named("channel").contexts(Context.STACK))
            .create();
    session.enable(EventRule.named("*"));
    session.start();
    return session;
  }

  private static void deep(int number, int depth) {
    if (depth == 0) {
      EVENTS.point(number);
    } else {
      deep(number, depth - 1);
    }
  }

  @Test
  void aSessionOfAllEventsTellsEachStackOnce() {
    // Of the whole JVM: other tests have events that fail on purpose.
    long failedBefore = Tracer.failedEvents();
    try (TraceSession first = session("first");
        TraceSession second = session("second")) {
      for (int i = 0; i < 10; i++) {
        deep(i, i % 2);
      }
      second.stop();
      deep(10, 2);
      second.start();
      deep(11, 3);
      assertThat(first.lostEvents() + second.lostEvents()).isZero();
    }
    assertThat(Tracer.failedEvents()).isEqualTo(failedBefore);
    check("first", 12);
    check("second", 11);
  }

  private void check(String name, int points) {
    RecordedTrace trace = RecordedTrace.read(folder.resolve(name));
    assertThat(trace.diagnostics()).isEmpty();
    Map<Object, String> frames =
        trace.named("rideau:stack").stream()
            .collect(
                Collectors.toMap(
                    event -> event.field("stack"), event -> event.field("frames").toString()));
    assertThat(trace.named("stacks:point")).hasSize(points);
    assertThat(trace.events()).hasSize(points + frames.size());
    for (RecordedEvent event : trace.named("stacks:point")) {
      long number = (long) event.field("number");
      long depth = number < 10 ? number % 2 : number - 8;
      String deep = StackTracesTest.class.getName() + ".deep:";
      String told = frames.getOrDefault(event.contextField("stack"), "");
      assertThat(told).startsWith(deep);
      assertThat(told.lines()).filteredOn(line -> line.startsWith(deep)).hasSize((int) depth + 1);
    }
  }
}
