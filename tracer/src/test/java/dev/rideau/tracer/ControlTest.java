package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rideau.trace.testing.JavaProgram;
import dev.rideau.tracer.internal.control.ControlFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control from outside, flight recorders, and the environment.
final class ControlTest {
  @TraceProvider("control")
  interface Events {
    @TraceEvent
    void request(long id, int status);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);
  private static final long SELF = ProcessHandle.current().pid();

  @TempDir Path folder;

  @Test
  void sessionsAreControlledThroughTheSocket() throws Exception {
    Tracer.openControl();
    assertThat(TracerClient.processes()).contains(SELF);
    Path trace = folder.resolve("trace");
    TracerClient.send(SELF, "create", "remote", trace.toString(), "control:*");
    EVENTS.request(1, 200);
    TracerClient.send(SELF, "stop", "remote");
    EVENTS.request(2, 200);
    assertThat(TracerClient.send(SELF, "list"))
        .anySatisfy(line -> assertThat(line).startsWith("remote\tstopped\t0\t" + trace));
    TracerClient.send(SELF, "start", "remote");
    EVENTS.request(3, 200);
    Path snapshot = Path.of(TracerClient.send(SELF, "snapshot", "remote").getFirst());
    Path archive = Path.of(TracerClient.send(SELF, "rotate", "remote").getFirst());
    EVENTS.request(4, 200);
    TracerClient.send(SELF, "close", "remote");
    assertThat(ids(snapshot)).containsExactly(1L, 3L);
    assertThat(ids(archive)).containsExactly(1L, 3L);
    assertThat(ids(trace)).containsExactly(4L);
    assertThat(TracerClient.send(SELF, "events")).contains("control:request");
  }

  @Test
  void whatMakesNoSenseIsAnsweredInWords() {
    Tracer.openControl();
    assertThatThrownBy(() -> TracerClient.send(SELF, "stop", "nobody"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no session 'nobody'");
    assertThatThrownBy(() -> TracerClient.send(SELF, "stop")).hasMessageContaining("more words");
    assertThatThrownBy(() -> TracerClient.send(1, "list")).hasMessageContaining("no tracer");
  }

  @Test
  void aSocketThatAKilledProgramLeftIsNamed() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    Path socket = ControlFolder.socket(stranger.pid());
    try {
      Tracer.openControl();
      try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        killed.bind(UnixDomainSocketAddress.of(socket));
      }
      assertThat(TracerClient.processes()).contains(stranger.pid());
      assertThatThrownBy(() -> TracerClient.send(stranger.pid(), "list"))
          .hasMessage("process " + stranger.pid() + " has no tracer any more");
    } finally {
      Files.deleteIfExists(socket);
      stranger.destroyForcibly().waitFor();
    }
  }

  private static List<Object> ids(Path trace) {
    return RecordedTrace.read(trace).named("control:request").stream()
        .map(event -> event.field("id"))
        .toList();
  }

  @Test
  void aFlightRecorderActsOnEventsExceptionsAndLatency() throws Exception {
    List<Path> snapshots;
    try (TraceSession session =
            Tracer.session("flight")
                .output(folder.resolve("flight"))
                .channel(ChannelOptions.named("ring").mode(BufferMode.OVERWRITE).stripes(1))
                .create();
        FlightRecorder recorder = new FlightRecorder(session, Duration.ZERO)) {
      recorder
          .onEvent(EventRule.named("control:*").where("status >= 500"))
          .onException(IllegalStateException.class)
          .onLatency(Duration.ofMillis(5));
      session.enable(EventRule.named("control:*").into("ring"));
      session.start();
      EVENTS.request(1, 200);
      recorder.end(recorder.begin());
      recorder.examine(new IOException("of no interest"));
      assertThat(recorder.snapshots()).isEmpty();

      EVENTS.request(2, 503);
      await(recorder, 1);
      Thread failing =
          Thread.ofPlatform()
              .unstarted(() -> {
                throw new IllegalStateException("as wanted");
              });
      failing.setUncaughtExceptionHandler((_, thrown) -> recorder.examine(new Error(thrown)));
      failing.start();
      await(recorder, 2);
      long begin = recorder.begin();
      Thread.sleep(20);
      recorder.end(begin);
      await(recorder, 3);
      snapshots = recorder.snapshots();
    }
    // What was waited for lies in the snapshot, and before the trigger.
    assertThat(ids(snapshots.get(0))).containsExactly(1L, 2L);
    RecordedTrace first = RecordedTrace.read(snapshots.get(0));
    assertThat(first.named("rideau:trigger").getFirst().timestampNs())
        .isGreaterThanOrEqualTo(first.named("control:request").getLast().timestampNs());
    assertThat(RecordedTrace.read(snapshots.get(2)).named("rideau:trigger"))
        .extracting(event -> event.field("reason").toString())
        .satisfiesExactly(
            reason -> assertThat(reason).isEqualTo("control:request where status >= 500"),
            reason -> assertThat(reason).isEqualTo("java.lang.IllegalStateException"),
            reason -> assertThat(reason).startsWith("latency of "));
  }

  @Test
  void uncaughtExceptionsGoOnToWhoeverGotThemBefore() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    PrintStream console = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    List<String> handled = new CopyOnWriteArrayList<>();
    try (TraceSession session =
        Tracer.session("uncaught").output(folder.resolve("uncaught")).create()) {
      session.start();
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Thread.setDefaultUncaughtExceptionHandler(null);
      try (FlightRecorder recorder = new FlightRecorder(session, Duration.ZERO)) {
        recorder.onException(IllegalStateException.class);
        fail("wanted");
        await(recorder, 1);
      }
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
      Thread.UncaughtExceptionHandler own = (_, thrown) -> handled.add(thrown.getMessage());
      Thread.setDefaultUncaughtExceptionHandler(own);
      try (FlightRecorder recorder = new FlightRecorder(session, Duration.ZERO)) {
        recorder.onException(IllegalStateException.class);
        fail("passed on");
      }
      assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(own);
    } finally {
      System.setErr(console);
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("Exception in thread \"victim\" java.lang.IllegalStateException: wanted")
        .contains("at " + ControlTest.class.getName());
    assertThat(handled).containsExactly("passed on");
  }

  private static void fail(String message) throws InterruptedException {
    Thread victim =
        Thread.ofPlatform()
            .name("victim")
            .start(() -> {
              throw new IllegalStateException(message);
            });
    victim.join();
  }

  private static void await(FlightRecorder recorder, int count) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (recorder.snapshots().size() < count && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    assertThat(recorder.snapshots()).hasSize(count);
  }

  /// What [#theEnvironmentStartsASession()] runs.
  static final class Program {
    public static void main(String[] arguments) {
      EVENTS.request(7, 200);
      EVENTS.request(8, 404);
    }
  }

  @Test
  @Tag("slow")
  void theEnvironmentStartsASession() throws Exception {
    Path trace = folder.resolve("t-%p");
    String output = run("dir:" + trace + ",events=control:*,where=status >= 400,buffers=4x64K");
    assertThat(output).isEmpty();
    try (var traces = Files.list(folder)) {
      assertThat(ids(traces.findFirst().orElseThrow())).containsExactly(8L);
    }
    assertThat(run("dir:" + folder.resolve("x") + ",color=red"))
        .contains("nothing is recorded")
        .contains("there is no option 'color'");
    Path refused = folder.resolve("refused");
    assertThat(run("dir:" + refused + ",where=status >")).contains("expected a number");
    assertThat(run("dir:" + refused + ",buffers=3x1000")).contains("must be a power of two");
    assertThat(refused).doesNotExist();
  }

  @Test
  @Tag("slow")
  void whoOpensASocketRemovesThoseOfKilledPrograms() throws Exception {
    Tracer.openControl();
    Process killed = new ProcessBuilder("true").start();
    assertThat(killed.waitFor()).isZero();
    Path socket = ControlFolder.socket(killed.pid());
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
    assertThat(run("dir:" + folder.resolve("sweeping"))).isEmpty();
    assertThat(socket).doesNotExist();
    assertThat(ControlFolder.socket(SELF)).exists();
  }

  /// Runs the program with `RIDEAU_TRACE`, and returns what it printed.
  static String run(String variable) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(JavaProgram.command(List.of(), Program.class));
    builder.environment().put("RIDEAU_TRACE", variable);
    return JavaProgram.output(builder);
  }
}
