package dev.rideau.bench;

import static dev.rideau.tracer.BufferMode.BLOCK;
import static dev.rideau.tracer.BufferMode.OVERWRITE;

import dev.rideau.tracer.BufferMode;
import dev.rideau.tracer.ChannelOptions;
import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.EventWriter;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.TraceSession;
import dev.rideau.tracer.Tracer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import org.openjdk.jmh.infra.Blackhole;

/// Emits the same event - a 64-bit integer, a 32-bit integer and a string of 9 characters - in a
/// loop, with one of several recorders, and prints nanoseconds of the clock and of the emitting
/// processor for each event of a thread, one line a round.
///
/// `TracerPeers` runs it side by side with the same loop in C.
public final class TracerEmit {
  /// How a round emits `events` events in one thread.
  private interface Round {
    void run(long events);
  }

  @TraceProvider("bench")
  interface Events {
    @TraceEvent
    void request(long id, int status, String path);
  }

  @TraceEvent("bench:record")
  record Request(long id, int status, String path) {}

  @Name("bench.Request")
  @StackTrace(false)
  static final class JfrRequest extends jdk.jfr.Event {
    long id;
    int status;
    String path = "";
  }

  static final Events EVENTS = Tracer.provider(Events.class);
  static final EventWriter<Request> REQUESTS = Tracer.writer(Request.class);
  private static final Logger LOGGER = Logger.getLogger("bench.request");

  private TracerEmit() {}

  /// @param arguments what (`rideau`, `flight`, `records`, `disabled`, `empty`, `clock`, `atomics`,
  ///   `jfr`, `logging`), threads (negative: virtual ones), events of each thread, rounds, folder,
  ///   stripes
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 5) {
      System.err.println("usage: TracerEmit WHAT THREADS EVENTS ROUNDS DIR [STRIPES]");
      System.exit(2);
    }
    int threads = Integer.parseInt(arguments[1]);
    long events = Long.parseLong(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    Path folder = Path.of(arguments[4]);
    int stripes = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 0;
    Files.createDirectories(folder);
    switch (arguments[0]) {
      case "rideau" -> traced(folder, stripes, BLOCK, TracerEmit::emit, threads, events, rounds);
      case "flight" ->
          traced(folder, stripes, OVERWRITE, TracerEmit::emit, threads, events, rounds);
      case "records" ->
          traced(folder, stripes, BLOCK, TracerEmit::emitRecords, threads, events, rounds);
      case "clock" -> measure(TracerEmit::readClock, threads, events, rounds);
      case "atomics" -> measure(TracerEmit::readClockAndCount, threads, events, rounds);
      case "disabled" -> measure(TracerEmit::emit, threads, events, rounds);
      case "empty" -> measure(TracerEmit::emitNothing, threads, events, rounds);
      case "jfr" -> jfr(folder, threads, events, rounds);
      case "logging" -> logging(folder, threads, events, rounds);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void emit(long events) {
    for (long i = 0; i < events; i++) {
      EVENTS.request(i, (int) i, "short/str");
    }
  }

  private static void emitRecords(long events) {
    for (long i = 0; i < events; i++) {
      REQUESTS.emit(new Request(i, (int) i, "short/str"));
    }
  }

  private static void emitNothing(long events) {
    for (long i = 0; i < events; i++) {
      Blackhole.consumeCPU(0);
    }
  }

  private static void readClock(long events) {
    long sum = 0;
    for (long i = 0; i < events; i++) {
      sum += System.nanoTime();
    }
    Blackhole.consumeCPU(sum & 1);
  }

  // What a record cannot do without when it is timed by the system: reserve, clock, commit.
  private static void readClockAndCount(long events) {
    AtomicLong reserve = new AtomicLong();
    AtomicLong commit = new AtomicLong();
    long sum = 0;
    for (long i = 0; i < events; i++) {
      long position = reserve.get();
      sum += System.nanoTime();
      if (reserve.compareAndSet(position, position + Integer.BYTES)) {
        commit.getAndAdd(Integer.BYTES);
      }
    }
    Blackhole.consumeCPU(sum + commit.get() & 1);
  }

  private static void emitJfr(long events) {
    for (long i = 0; i < events; i++) {
      JfrRequest event = new JfrRequest();
      event.id = i;
      event.status = (int) i;
      event.path = "short/str";
      event.commit();
    }
  }

  private static void emitLog(long events) {
    for (long i = 0; i < events; i++) {
      LOGGER.log(
          Level.INFO, "request id={0} status={1} path={2}", new Object[] {i, (int) i, "short/str"});
    }
  }

  private static void traced(
      Path folder, int stripes, BufferMode mode, Round round, int threads, long events, int rounds)
      throws Exception {
    Path trace = folder.resolve("trace");
    TraceFolders.delete(trace);
    try (TraceSession session =
        Tracer.session("bench")
            .output(trace)
            .channel(
                ChannelOptions.named(ChannelOptions.DEFAULT_NAME)
                    .mode(mode)
                    .subBuffers(4, 1 << 20)
                    .stripes(stripes))
            .create()) {
      session.enable(EventRule.named("bench:*"));
      session.start();
      long consumer = consumerNs();
      measure(round, threads, events, rounds);
      session.stop();
      report("lost", session.lostEvents());
      report("consumer_ns", consumerNs() - consumer);
    }
    if (mode == BLOCK) {
      report("bytes", TraceFolders.bytes(trace));
    }
    TraceFolders.delete(trace);
  }

  private static void jfr(Path folder, int threads, long events, int rounds) throws Exception {
    Path file = folder.resolve("bench.jfr");
    try (Recording recording = new Recording()) {
      recording.setToDisk(true);
      recording.enable(JfrRequest.class).withoutStackTrace();
      recording.setDestination(file);
      recording.start();
      measure(TracerEmit::emitJfr, threads, events, rounds);
      recording.stop();
    }
    report("bytes", Files.size(file));
    Files.deleteIfExists(file);
  }

  private static void logging(Path folder, int threads, long events, int rounds) throws Exception {
    Path file = folder.resolve("bench.log");
    FileHandler handler = new FileHandler(file.toString());
    handler.setFormatter(new SimpleFormatter());
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(handler);
    measure(TracerEmit::emitLog, threads, events, rounds);
    handler.close();
    report("bytes", Files.size(file));
    Files.deleteIfExists(file);
  }

  private static void measure(Round round, int threads, long events, int rounds) throws Exception {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < rounds; i++) {
      List<Thread> all = new ArrayList<>();
      LongAdder cpuNs = new LongAdder();
      long begin = System.nanoTime();
      for (int t = 0; t < Math.abs(threads); t++) {
        Runnable work =
            () -> {
              long before = clock.getCurrentThreadCpuTime();
              round.run(events);
              cpuNs.add(clock.getCurrentThreadCpuTime() - before);
            };
        all.add(
            threads < 0
                ? Thread.ofVirtual().start(() -> round.run(events))
                : Thread.ofPlatform().start(work));
      }
      for (Thread thread : all) {
        thread.join();
      }
      long end = System.nanoTime();
      // Of platform threads: time of each of them. Of virtual ones, whose processor time nobody
      // tells: time of the whole, by event.
      double each = (double) (end - begin) / events / (threads < 0 ? -threads : 1);
      double cpu = threads < 0 ? each : (double) cpuNs.sum() / events / threads;
      System.out.printf(Locale.ROOT, "%.2f %.2f%n", each, cpu);
    }
  }

  private static void report(String what, long value) {
    System.out.println(what + " " + value);
  }

  /// Processor time of the tracer's consumer so far, 0 when there is none.
  static long consumerNs() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("rideau-tracer")) {
        return clock.getThreadCpuTime(thread.threadId());
      }
    }
    return 0;
  }
}
