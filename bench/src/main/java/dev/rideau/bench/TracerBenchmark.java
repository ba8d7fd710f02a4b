package dev.rideau.bench;

import dev.rideau.tracer.BufferMode;
import dev.rideau.tracer.ChannelOptions;
import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.TraceSession;
import dev.rideau.tracer.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What an event of three fields (64-bit integer, 32-bit integer, string of 9 characters) costs the
/// thread that emits it, and how much of that is the clock. Buffers are overwritten, so nobody
/// waits for the consumer.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class TracerBenchmark {
  private static final int VIRTUAL_THREADS = 1000;
  private static final int EVENTS_EACH = 1000;

  @TraceProvider("jmh")
  interface Events {
    @TraceEvent
    void request(long id, int status, String path);
  }

  @TraceProvider("idle")
  interface Idle {
    @TraceEvent
    void request(long id, int status, String path);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);
  private static final Idle IDLE = Tracer.provider(Idle.class);

  /// A session that records.
  @State(Scope.Benchmark)
  public static class Recording {
    private Path folder = Path.of("");
    private @Nullable TraceSession session;

    @Setup
    public void start() throws IOException {
      Path memory = Path.of("/dev/shm");
      folder =
          Files.isDirectory(memory)
              ? Files.createTempDirectory(memory, "rideau-jmh")
              : Files.createTempDirectory("rideau-jmh");
      TraceSession made =
          Tracer.session("jmh")
              .output(folder.resolve("trace"))
              .channel(
                  ChannelOptions.named(ChannelOptions.DEFAULT_NAME)
                      .mode(BufferMode.OVERWRITE)
                      .subBuffers(4, 1 << 20))
              .create();
      made.enable(EventRule.named("jmh:*"));
      made.start();
      session = made;
    }

    @TearDown
    public void stop() throws IOException {
      if (session != null) {
        session.close();
      }
      TraceFolders.delete(folder);
    }
  }

  /// A number of its own for each thread.
  @State(Scope.Thread)
  public static class Counter {
    private long next;
  }

  @Benchmark
  @Threads(1)
  public void enabled1Thread(Recording recording, Counter counter) {
    long id = counter.next++;
    EVENTS.request(id, (int) id, "short/str");
  }

  @Benchmark
  @Threads(2)
  public void enabled2Threads(Recording recording, Counter counter) {
    long id = counter.next++;
    EVENTS.request(id, (int) id, "short/str");
  }

  @Benchmark
  @OperationsPerInvocation(VIRTUAL_THREADS * EVENTS_EACH)
  public void enabled1000VirtualThreads(Recording recording) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < VIRTUAL_THREADS; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (long id = 0; id < EVENTS_EACH; id++) {
                  EVENTS.request(id, (int) id, "short/str");
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Benchmark
  public void disabled(Counter counter) {
    long id = counter.next++;
    IDLE.request(id, (int) id, "short/str");
  }

  @Benchmark
  public long clock() {
    return System.nanoTime();
  }
}
