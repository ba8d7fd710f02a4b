package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with declarations is said when they are made, and never when events are emitted.
final class DeclarationsTest {
  @TraceProvider("rideau")
  interface Imitation {
    @TraceEvent
    void stack(int code);
  }

  @TraceProvider("a:b")
  interface Colon {
    @TraceEvent
    void event();
  }

  @TraceEvent("sched_switch")
  record KernelEvent(int tid) {}

  @TraceEvent("bad:list")
  record ListField(List<String> texts) {}

  @TraceEvent("bad:optional")
  record OptionalField(Optional<Optional<String>> text) {}

  @TraceEvent("bad:base")
  record BaseField(@Field(base = 7) int number) {}

  @TraceEvent("bad:order")
  record OrderOfFields(@Field("_a") int first, @Field("a") int second) {}

  record Recursive(Optional<Recursive> inner) {}

  @TraceEvent("bad:recursive")
  record RecursiveField(Recursive inner) {}

  record Plain(int number) {}

  interface NoProvider {
    @TraceEvent
    void event();
  }

  @TraceProvider("bad")
  interface Returns {
    @TraceEvent
    int event();
  }

  @TraceProvider("bad")
  interface Question {
    boolean somethingEnabled();
  }

  @TraceProvider("clash")
  interface Clash {
    @TraceEvent
    void event(long number);
  }

  @TraceEvent("clash:event")
  record First(int number) {}

  @TraceEvent("clash:event")
  record Second(int number) {}

  @Test
  void wrongDeclarationsAreRefused() {
    refused(Imitation.class, "'rideau' is kept for the tracer");
    refused(Colon.class, "the provider 'a:b' must begin");
    refused(NoProvider.class, "has no @TraceProvider");
    refused(Returns.class, "an event returns void");
    refused(Question.class, "there is no event something");
    refused(String.class, "is not an interface");
    refusedRecord(KernelEvent.class, "must be 'provider:event'");
    refusedRecord(ListField.class, "texts: a field cannot be a java.util.List");
    refusedRecord(OptionalField.class, "an Optional must say of what");
    refusedRecord(BaseField.class, "the base is 7");
    refusedRecord(OrderOfFields.class, "'a' cannot come behind '_a'");
    refusedRecord(RecursiveField.class, "contains itself");
    refusedRecord(Plain.class, "has no @TraceEvent");
  }

  private static void refused(Class<?> type, String message) {
    assertThatThrownBy(() -> Tracer.provider(type))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining(message);
  }

  private static void refusedRecord(Class<? extends Record> type, String message) {
    assertThatThrownBy(() -> Tracer.writer(type))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anEventHasOneDeclaration() {
    assertThat(Tracer.writer(First.class)).isSameAs(Tracer.writer(First.class));
    refusedRecord(Second.class, "has been declared before, by " + First.class.getName());
    refused(Clash.class, "has been declared before, by " + First.class.getName());
  }

  record Inner(int number) {
    @Override
    public int number() {
      if (number < 0) {
        throw new IllegalStateException("no such number");
      }
      EVENTS.nested(number);
      return number;
    }
  }

  @TraceProvider("program")
  interface Events {
    @TraceEvent
    void outer(Inner inner);

    @TraceEvent
    void nested(int number);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  @Test
  void codeOfTheProgramMayFailOrEmitEventsItself(@TempDir Path folder) {
    long failed = Tracer.failedEvents();
    try (TraceSession session = Tracer.session("program").output(folder.resolve("t")).create()) {
      session.enable(EventRule.named("program:*"));
      session.start();
      EVENTS.outer(new Inner(5));
      EVENTS.outer(new Inner(-1));
      EVENTS.outer(new Inner(6));
      assertThat(session.lostEvents()).isZero();
    }
    assertThat(Tracer.failedEvents() - failed).isEqualTo(1);
    assertThat(RecordedTrace.read(folder.resolve("t")).events())
        .extracting(RecordedEvent::name)
        .containsExactly("program:nested", "program:outer", "program:nested", "program:outer");
  }
}
