package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.Babeltrace2;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events of all kinds of fields, written and read back.
final class TypedEventsTest {
  enum Colour {
    RED,
    GREEN
  }

  record Point(short x, double y, Colour colour) {}

  @TraceProvider("typed")
  interface Events {
    @TraceEvent
    void scalars(
        boolean flag,
        byte tiny,
        short small,
        char letter,
        int number,
        long large,
        float single,
        double twice);

    @TraceEvent
    void mixed(
        @Nullable String text, byte[] bytes, long[] longs, Point point, @Nullable Colour colour);

    @TraceEvent(level = LogLevel.WARNING)
    void maybe(
        Optional<String> text,
        OptionalInt number,
        @Nullable Integer box,
        Optional<Point> point,
        Optional<int[]> array,
        byte last);

    @TraceEvent
    void nothing();

    boolean nothingEnabled();
  }

  record Shared(int[] b, @Field("_b_length") short c) {}

  @TraceProvider("typed")
  interface Borrowers {
    @TraceEvent
    void borrowed(
        @Field("a") int[] a,
        @Field("a_length") int zeroth,
        @Field("_a_length") int first,
        @Field("_a_2_length") int second,
        @Field("o") OptionalInt o,
        @Field("o_tag") int third,
        @Field("inner") Optional<Shared> inner);
  }

  @TraceEvent(value = "typed:request", level = LogLevel.INFO)
  record Request(
      long id,
      @Field(value = "code", unsigned = true, base = 16) int status,
      @Field(limit = 8) String path) {}

  private static final Events EVENTS = Tracer.provider(Events.class);
  private static final EventWriter<Request> REQUESTS = Tracer.writer(Request.class);

  @TempDir Path folder;

  private void record(boolean aligned, Runnable emit) {
    try (TraceSession session =
        Tracer.session("typed")
            .output(folder.resolve("trace"))
            .channel(ChannelOptions.named("channel").aligned(aligned))
            .create()) {
      session.enable(EventRule.named("typed:*"));
      assertThat(EVENTS.nothingEnabled()).isFalse();
      session.start();
      assertThat(EVENTS.nothingEnabled()).isTrue();
      emit.run();
      session.stop();
      assertThat(EVENTS.nothingEnabled()).isFalse();
      emit.run();
      assertThat(session.lostEvents()).isZero();
    }
  }

  @ParameterizedTest
  @Tag("oracle")
  @ValueSource(booleans = {false, true})
  void allKindsOfFieldsAreReadBack(boolean aligned) throws Exception {
    record(
        aligned,
        () -> {
          EVENTS.scalars(true, (byte) -3, (short) -300, 'x', -70_000, Long.MIN_VALUE, 1.5f, -2.25);
          EVENTS.mixed(
              "grün\0€\ud83d\ude00",
              new byte[] {1, -2},
              new long[] {3, -4},
              new Point((short) 7, 0.5, Colour.GREEN),
              null);
          EVENTS.mixed(
              null, new byte[0], new long[0], new Point((short) -1, 9, Colour.RED), Colour.RED);
          EVENTS.maybe(
              Optional.of("there"),
              OptionalInt.of(5),
              6,
              Optional.of(new Point((short) 1, 2, Colour.RED)),
              Optional.of(new int[] {8, 9}),
              (byte) 10);
          EVENTS.maybe(
              Optional.empty(),
              OptionalInt.empty(),
              null,
              Optional.empty(),
              Optional.empty(),
              (byte) 11);
          EVENTS.nothing();
          REQUESTS.emit(new Request(12, -1, "/a-long-path"));
        });
    RecordedTrace trace = RecordedTrace.read(folder.resolve("trace"));
    assertThat(trace.diagnostics()).isEmpty();
    assertThat(trace.losses()).isEmpty();
    assertThat(trace.events().stream().map(RecordedEvent::name))
        .containsExactly(
            "typed:scalars",
            "typed:mixed",
            "typed:mixed",
            "typed:maybe",
            "typed:maybe",
            "typed:nothing",
            "typed:request");
    List<RecordedEvent> events = trace.events();
    assertThat(events.get(0).values())
        .containsExactly(1L, -3L, -300L, (long) 'x', -70_000L, Long.MIN_VALUE, 1.5, -2.25);
    assertThat(events.get(1).values())
        .containsExactly(
            "grün\u2400€\ud83d\ude00",
            List.of(1L, -2L),
            List.of(3L, -4L),
            Map.of("x", 7L, "y", 0.5, "colour", 1L),
            2L);
    assertThat(events.get(2).values())
        .containsExactly("", List.of(), List.of(), Map.of("x", -1L, "y", 9.0, "colour", 0L), 0L);
    assertThat(events.get(3).payload().values())
        .containsExactly(
            "there",
            5L,
            6L,
            Map.of("x", 1L, "y", 2.0, "colour", 0L),
            Map.of("value", List.of(8L, 9L)),
            10L);
    assertThat(events.get(4).payload().values())
        .containsExactlyElementsOf(Arrays.asList(null, null, null, null, null, 11L));
    assertThat(events.get(6).payload())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("id", 12L, "code", 0xFFFF_FFFFL, "path", "/a-long-"));

    List<String> lines = babeltrace2(folder.resolve("trace"));
    assertThat(lines).hasSize(7);
    assertThat(lines.get(3)).contains("some").contains("text = { \"there\" }");
    assertThat(lines.get(6)).endsWith("{ id = 12, code = 0xFFFFFFFF, path = \"/a-long-\" }");
  }

  @ParameterizedTest
  @Tag("oracle")
  @ValueSource(booleans = {false, true})
  void fieldsMayBeCalledAsLengthsAndTagsAre(boolean aligned) throws Exception {
    Borrowers borrowers = Tracer.provider(Borrowers.class);
    record(
        aligned,
        () ->
            borrowers.borrowed(
                new int[] {1, 2},
                70,
                71,
                72,
                OptionalInt.of(3),
                73,
                Optional.of(new Shared(new int[] {4}, (short) 74))));
    RecordedTrace trace = RecordedTrace.read(folder.resolve("trace"));
    assertThat(trace.diagnostics()).isEmpty();
    assertThat(trace.events().getFirst().payload())
        .containsEntry("a", List.of(1L, 2L))
        .containsEntry("o", 3L);
    assertThat(babeltrace2(folder.resolve("trace")))
        .singleElement()
        .asString()
        .contains("{ _a_3_length = 2, a = [ [0] = 1, [1] = 2 ], a_length = 70, _a_length = 71,")
        .contains(
            "_a_2_length = 72, _o_2_tag = ( \"some\" : container = 1 ), o = { 3 }, o_tag = 73,")
        .contains("{ _b_2_length = 1, b = [ [0] = 4 ], _b_length = 74 }");
  }

  @Test
  void nothingInsideWhatIsMissingCompares() {
    try (TraceSession session =
        Tracer.session("missing").output(folder.resolve("trace")).create()) {
      session.enable(
          EventRule.named("typed:maybe")
              .where("point.x == 0 || point.y < 5 || point.colour != 'GREEN' || number == 0"));
      session.start();
      for (byte i = 0; i < 2; i++) {
        EVENTS.maybe(
            Optional.empty(),
            OptionalInt.empty(),
            null,
            i == 0 ? Optional.empty() : Optional.of(new Point((short) 0, 9, Colour.GREEN)),
            Optional.empty(),
            i);
      }
    }
    assertThat(RecordedTrace.read(folder.resolve("trace")).events())
        .singleElement()
        .extracting(event -> event.field("last"))
        .isEqualTo(1L);
  }

  private static List<String> babeltrace2(Path trace) {
    Babeltrace2.Result result = Babeltrace2.run(trace);
    assertThat(result.stderr()).isEmpty();
    assertThat(result.exitCode()).isZero();
    return result.text().lines().toList();
  }
}
