package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What sessions do: rules, channels, modes, rotation, snapshots, losses, bad options.
final class SessionsTest {
  @TraceProvider("sessions")
  interface Events {
    @TraceEvent(level = LogLevel.ERR)
    void failure(int code);

    @TraceEvent(level = LogLevel.DEBUG)
    void detail(int code, String text);

    boolean failureEnabled();

    boolean detailEnabled();
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  @TempDir Path folder;

  private TraceSession.Builder session(String name) {
    return Tracer.session(name).output(folder.resolve(name));
  }

  private List<Object> codes(String session) {
    return RecordedTrace.read(folder.resolve(session)).events().stream()
        .map(event -> event.field("code"))
        .toList();
  }

  private static List<Object> longs(long first, long end) {
    return LongStream.range(first, end).<Object>mapToObj(Long::valueOf).toList();
  }

  @Test
  void severalSessionsRecordDifferentEventsAtOnce() {
    try (TraceSession all = session("all").create();
        TraceSession severe = session("severe").create();
        TraceSession some = session("some").create();
        TraceSession none = session("none").create()) {
      all.enable(EventRule.named("*"));
      severe.enable(EventRule.named("sessions:*").atLeast(LogLevel.WARNING));
      some.enable(EventRule.named("sessions:detail").where("code >= 2 && text == 'b*'"));
      some.enable(EventRule.named("sessions:detail").where("code == 0"));
      none.enable(EventRule.named("other:*"));
      for (TraceSession each : List.of(all, severe, some, none)) {
        each.start();
      }
      EVENTS.failure(100);
      EVENTS.detail(0, "x");
      EVENTS.detail(1, "b");
      EVENTS.detail(2, "bcd");
      EVENTS.detail(3, "cde");
      severe.stop();
      EVENTS.failure(101);
      severe.start();
      EVENTS.failure(102);
    }
    assertThat(codes("all")).containsExactly(100L, 0L, 1L, 2L, 3L, 101L, 102L);
    assertThat(codes("severe")).containsExactly(100L, 102L);
    assertThat(codes("some")).containsExactly(0L, 2L);
    assertThat(folder.resolve("none")).isDirectoryContaining("glob:**/metadata");
    assertThat(EVENTS.failureEnabled()).isFalse();
  }

  @Test
  void rulesCanBeTakenBackWhileRecording() {
    try (TraceSession session = session("rules").create()) {
      session.start();
      assertThat(EVENTS.detailEnabled()).isFalse();
      session.enable(EventRule.named("sessions:d*"));
      assertThat(EVENTS.detailEnabled()).isTrue();
      assertThat(EVENTS.failureEnabled()).isFalse();
      EVENTS.detail(1, "");
      assertThat(session.disable("sessions:d*")).isTrue();
      assertThat(session.disable("sessions:d*")).isFalse();
      EVENTS.detail(2, "");
    }
    assertThat(codes("rules")).containsExactly(1L);
  }

  @TraceProvider("late")
  interface LateEvents {
    @TraceEvent
    void arrived(int code);
  }

  @Test
  void eventsDeclaredWhileRecordingAreRecorded() {
    try (TraceSession session = session("late").create()) {
      session.enable(EventRule.named("late:*"));
      session.start();
      Tracer.provider(LateEvents.class).arrived(7);
    }
    assertThat(codes("late")).containsExactly(7L);
    assertThat(Tracer.eventNames()).contains("late:arrived");
  }

  @Test
  void eachChannelIsAStreamClass() {
    try (TraceSession session =
        session("channels")
            .channel(ChannelOptions.named("severe").contexts(Context.values()))
            .channel(ChannelOptions.named("rest").aligned(true).contexts(Context.values()))
            .create()) {
      session.enable(EventRule.named("sessions:failure").into("severe"));
      session.enable(EventRule.named("sessions:detail").into("rest"));
      session.start();
      EVENTS.failure(1);
      EVENTS.detail(2, "text");
      assertThatThrownBy(() -> session.enable(EventRule.named("*").into("nowhere")))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("no channel 'nowhere'");
    }
    RecordedTrace trace = RecordedTrace.read(folder.resolve("channels"));
    assertThat(trace.diagnostics()).isEmpty();
    List<RecordedEvent> stacks = trace.named("rideau:stack");
    assertThat(stacks).hasSize(2);
    for (RecordedEvent event : trace.events()) {
      if (event.name().startsWith("sessions:")) {
        assertThat(event.context())
            .containsEntry("vpid", ProcessHandle.current().pid())
            .containsEntry("java_thread_id", Thread.currentThread().threadId())
            .containsEntry("procname", Thread.currentThread().getName())
            .containsEntry("is_virtual", 0L);
        assertThat((long) event.contextField("vtid")).isPositive();
        assertThat(stacks)
            .anySatisfy(stack -> {
              assertThat(stack.field("stack")).isEqualTo(event.context().get("stack"));
              assertThat(stack.field("frames").toString())
                  .startsWith(SessionsTest.class.getName() + ".eachChannelIsAStreamClass:");
            });
      }
    }
  }

  @Test
  void rulesGoIntoTheOnlyChannelWhateverItsName() {
    try (TraceSession session =
        session("only").channel(ChannelOptions.named("mine").contexts(Context.STACK)).create()) {
      session.enable(EventRule.named("sessions:failure"));
      session.start();
      EVENTS.failure(1);
    }
    assertThat(RecordedTrace.read(folder.resolve("only")).named("sessions:failure")).hasSize(1);
    try (TraceSession session =
        session("two")
            .channel(ChannelOptions.named("mine"))
            .channel(ChannelOptions.named("yours"))
            .create()) {
      assertThatThrownBy(() -> session.enable(EventRule.named("sessions:failure")))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("no channel 'channel'; choose by into() from mine, yours");
    }
  }

  @Test
  void anInterruptedThreadWritesAndDeclaresAllTheSame() {
    try (TraceSession session = session("interrupted").create()) {
      session.enable(EventRule.named("*"));
      session.start();
      EVENTS.failure(1);
      Thread.currentThread().interrupt();
      session.flush();
      Tracer.provider(Interrupted.class).failure(2);
      session.flush();
      assertThat(session.failure()).isNull();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Recovery.isUnfinished(folder.resolve("interrupted"))).isFalse();
    assertThat(codes("interrupted")).isEqualTo(longs(1, 3));
  }

  @TraceProvider("interrupted")
  interface Interrupted {
    @TraceEvent
    void failure(int code);
  }

  @Test
  void aFullBufferLosesEventsAndCountsThem() {
    int emitted = 20_000;
    long lost;
    try (TraceSession session =
        session("full")
            .channel(ChannelOptions.named("channel").subBuffers(2, 4096).stripes(1))
            .create()) {
      session.enable(EventRule.named("sessions:detail"));
      session.start();
      // Four events fill a sub-buffer: faster than anybody can write it to a file.
      String text = "x".repeat(900);
      for (int i = 0; i < emitted; i++) {
        EVENTS.detail(i, text);
      }
      lost = session.lostEvents();
      assertThat(lost).isPositive();
    }
    RecordedTrace trace = RecordedTrace.read(folder.resolve("full"));
    assertThat(trace.diagnostics()).isEmpty();
    assertThat(trace.events()).hasSize((int) (emitted - lost));
    assertThat(codes("full")).doesNotHaveDuplicates().first().isEqualTo(0L);
    assertThat(trace.losses().stream().mapToLong(Loss::count).sum()).isEqualTo(lost);
  }

  @Test
  void anEventThatFitsNowhereIsLostAndCounted() {
    try (TraceSession session =
        session("large").channel(ChannelOptions.named("channel").subBuffers(2, 4096)).create()) {
      session.enable(EventRule.named("sessions:detail"));
      session.start();
      EVENTS.detail(1, "x".repeat(5000));
      EVENTS.detail(2, "x");
      assertThat(session.lostEvents()).isEqualTo(1);
      assertThat(session.lostTooLargeEvents()).isEqualTo(1);
    }
    assertThat(codes("large")).containsExactly(2L);
  }

  @Test
  void aFlightRecorderKeepsTheNewestEvents() throws Exception {
    Path first;
    Path second;
    try (TraceSession session =
        session("flight")
            .channel(
                ChannelOptions.named("channel")
                    .mode(BufferMode.OVERWRITE)
                    .subBuffers(4, 4096)
                    .stripes(1))
            .snapshotAtExit()
            .create()) {
      session.enable(EventRule.named("sessions:detail"));
      session.start();
      for (int i = 0; i < 10_000; i++) {
        EVENTS.detail(i, "text");
      }
      first = session.snapshot();
      for (int i = 10_000; i < 10_010; i++) {
        EVENTS.detail(i, "text");
      }
      second = session.snapshot();
      assertThat(session.lostEvents()).isZero();
    }
    List<Object> kept =
        RecordedTrace.read(first).events().stream().map(event -> event.field("code")).toList();
    assertThat(kept.size()).isBetween(200, 9_999);
    assertThat(kept).isEqualTo(longs(10_000 - kept.size(), 10_000));
    assertThat(RecordedTrace.read(second).events().getLast().field("code")).isEqualTo(10_009L);
    try (var snapshots = Files.list(folder.resolve("flight").resolve("snapshots"))) {
      assertThat(snapshots).hasSize(3);
    }
  }

  @Test
  void rotationMovesWhatHasBeenRecorded() throws Exception {
    Path archive;
    try (TraceSession session = session("rotating").create()) {
      session.enable(EventRule.named("sessions:failure"));
      session.start();
      EVENTS.failure(1);
      EVENTS.failure(2);
      archive = session.rotate();
      EVENTS.failure(3);
    }
    assertThat(RecordedTrace.read(archive).events())
        .extracting(event -> event.field("code"))
        .containsExactly(1L, 2L);
    // The folder is the whole session: both parts have the same identity.
    assertThat(codes("rotating")).containsExactly(3L);
  }

  @Test
  void buffersMayLieElsewhere() throws Exception {
    Path memory = Files.createDirectory(folder.resolve("memory"));
    try (TraceSession session = session("elsewhere").buffers(memory).create()) {
      session.enable(EventRule.named("sessions:failure"));
      session.start();
      EVENTS.failure(1);
      assertThat(memory).isNotEmptyDirectory();
    }
    assertThat(memory).isEmptyDirectory();
    assertThat(folder.resolve("elsewhere").resolve(".buffers")).doesNotExist();
    assertThat(codes("elsewhere")).containsExactly(1L);
  }

  @Test
  void timersWriteWithoutBeingAsked() throws Exception {
    try (TraceSession session =
        session("timers")
            .channel(
                ChannelOptions.named("channel").timers(Duration.ofMillis(5), Duration.ofMillis(5)))
            .create()) {
      session.enable(EventRule.named("sessions:failure"));
      session.start();
      EVENTS.failure(1);
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (System.nanoTime() < deadline && codes("timers").isEmpty()) {
        Thread.sleep(5);
      }
      assertThat(codes("timers")).containsExactly(1L);
    }
  }

  @Test
  void absurdOptionsAreRefusedInWords() throws Exception {
    assertThatThrownBy(
            () -> session("a").channel(ChannelOptions.named("c").subBuffers(3, 4096)).create())
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("number of sub-buffers is 3, but must be a power of two");
    assertThatThrownBy(
            () -> session("b").channel(ChannelOptions.named("c").subBuffers(2, 12)).create())
        .hasMessageContaining("bytes of a sub-buffer is 12");
    assertThatThrownBy(
            () -> session("b").channel(ChannelOptions.named("c").subBuffers(512, 1 << 28)).create())
        .isInstanceOf(TracerException.class);
    assertThatThrownBy(
            () -> session("b").channel(ChannelOptions.named("c").subBuffers(2, -4096)).create())
        .isInstanceOf(TracerException.class);
    assertThatThrownBy(() -> session("c").channel(ChannelOptions.named("c").stripes(7)).create())
        .hasMessageContaining("number of stripes is 7");
    assertThatThrownBy(() -> session("d").channel(ChannelOptions.named("../x")).create())
        .hasMessageContaining("the channel '../x' must begin");
    assertThatThrownBy(() -> session("e/f")).hasMessageContaining("the session 'e/f' must begin");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Tracer.session("g").output(file).create())
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("cannot be recorded to");
    TraceSession session = session("h").create();
    assertThatThrownBy(() -> session.enable(EventRule.named("*").where("code >")))
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("condition, column 7: expected a number");
    assertThatThrownBy(() -> session("h").create()).hasMessageContaining("not empty");
    session.close();
    assertThatThrownBy(session::start).hasMessageContaining("is closed");
    session.stop();
  }

  @TraceProvider("later")
  interface LaterEvents {
    @TraceEvent
    void came(int code);
  }

  @Test
  void conditionsThatNeverHoldAreRefusedInWords() {
    List<String> logged = new ArrayList<>();
    Handler handler = new TestHandler(logged);
    Logger logger = Logger.getLogger("dev.rideau.tracer");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (TraceSession session = session("never").create()) {
      EventRule detail = EventRule.named("sessions:detail");
      assertThatThrownBy(() -> session.enable(detail.where("nofield == 1")))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("there is no field 'nofield'; there are code, text");
      assertThatThrownBy(() -> session.enable(detail.where("code > 1 && code == 'text'")))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("the field 'code' is of another kind")
          .hasMessageContaining("compared so with 'text'");
      assertThatThrownBy(() -> session.enable(EventRule.named("")))
          .isInstanceOf(TracerException.class)
          .hasMessageContaining("'*' is all");
      session.enable(EventRule.named("sessions:*").where("text == 'a'"));
      session.enable(EventRule.named("later:came").where("text == 'a'"));
      session.start();
      assertThat(EVENTS.detailEnabled()).isTrue();
      assertThat(EVENTS.failureEnabled()).isFalse();
      assertThat(logged).isEmpty();
      Tracer.provider(LaterEvents.class).came(1);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertThat(logged)
        .singleElement()
        .asString()
        .contains("condition of later:came", "there is no field 'text'; there are code");
  }

  private static final class TestHandler extends Handler {
    private final List<String> messages;

    TestHandler(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {
      // They are in the list.
    }

    @Override
    public void close() {
      // There is nothing to let go.
    }
  }

  @Test
  void nothingIsLeftOfASessionThatIsRefused() throws Exception {
    TraceSession.Builder many =
        session("again")
            .channel(ChannelOptions.named("one"))
            .channel(ChannelOptions.named("two").stripes(7));
    assertThatThrownBy(many::create).isInstanceOf(TracerException.class);
    assertThatThrownBy(
            () -> session("again").channel(ChannelOptions.named("c").subBuffers(3, 1000)).create())
        .isInstanceOf(TracerException.class);
    assertThatThrownBy(() -> session("again").channel(ChannelOptions.named("../x")).create())
        .isInstanceOf(TracerException.class);
    assertThatThrownBy(() ->
            session("again")
                .channel(ChannelOptions.named("twice"))
                .channel(ChannelOptions.named("twice"))
                .create())
        .hasMessageContaining("two channels are called 'twice'");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> session("again").buffers(file).create())
        .isInstanceOf(TracerException.class);
    assertThat(folder.resolve("again")).doesNotExist();
    try (TraceSession session = session("again").create()) {
      assertThat(session.folder()).isNotEmptyDirectory();
    }
  }

  @Test
  void whatIsEmittedAtTheWrongTimeHarmsNobody() {
    TraceSession session = session("late").create();
    EVENTS.failure(1);
    session.enable(EventRule.named("*"));
    session.start();
    EVENTS.failure(2);
    session.stop();
    EVENTS.failure(3);
    session.start();
    EVENTS.failure(4);
    session.close();
    EVENTS.failure(5);
    session.close();
    assertThat(codes("late")).containsExactly(2L, 4L);
    assertThat(session.lostEvents()).isZero();
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedInWords() throws Exception {
    // Nobody may write here, whoever runs the tests.
    assertThatThrownBy(() -> Tracer.session("w").output(Path.of("/proc/rideau-trace")).create())
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("/proc/rideau-trace: cannot be recorded to");
    Path file = Files.createFile(folder.resolve("no-folder"));
    assertThatThrownBy(() -> Tracer.session("x").output(file.resolve("trace")).create())
        .isInstanceOf(TracerException.class)
        .hasMessageContaining("cannot be recorded to");
    assertThatThrownBy(() ->
            Tracer.session("y")
                .output(folder.resolve("y"))
                .buffers(file.resolve("memory"))
                .create())
        .isInstanceOf(TracerException.class);
    Path misspelt = folder.resolve("shmm");
    assertThatThrownBy(() -> session("z").buffers(misspelt).create())
        .isInstanceOf(TracerException.class)
        .hasMessageContaining(misspelt + ": there is no such folder for the ring buffers");
    assertThat(misspelt).doesNotExist();
  }
}
