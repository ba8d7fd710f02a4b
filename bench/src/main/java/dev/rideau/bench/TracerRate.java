package dev.rideau.bench;

import dev.rideau.tracer.BufferMode;
import dev.rideau.tracer.ChannelOptions;
import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.TraceSession;
import dev.rideau.tracer.Tracer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/// Emits events at a given rate, in the mode that loses none, and tells what was lost, how late the
/// program was, and what the consumer cost. The trace stays, so that others can count it.
///
/// Each event has its thread and its number within it: with `rideau sql`, `count(*)`, `max(number)`
/// and `sum(number)` by thread find whatever is missing.
public final class TracerRate {
  private static final int BATCH = 1000;

  @TraceProvider("rate")
  interface Events {
    @TraceEvent
    void step(long number, int thread, String path);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  private TracerRate() {}

  /// @param arguments folder of the trace, threads, events a second of all threads, seconds
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 4) {
      System.err.println("usage: TracerRate DIR THREADS EVENTS_A_SECOND SECONDS");
      System.exit(2);
    }
    Path trace = Path.of(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    long rate = Long.parseLong(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    TraceFolders.delete(trace);
    long each = rate * seconds / threads / BATCH * BATCH;
    double batchNs = 1e9 * BATCH * threads / rate;
    long wall;
    long consumer;
    long lost;
    LongAdder cpuNs = new LongAdder();
    try (TraceSession session =
        Tracer.session("rate")
            .output(trace)
            .channel(
                ChannelOptions.named(ChannelOptions.DEFAULT_NAME)
                    .mode(BufferMode.BLOCK)
                    .subBuffers(8, 1 << 20))
            .create()) {
      session.enable(EventRule.named("rate:*"));
      session.start();
      long before = TracerEmit.consumerNs();
      long begin = System.nanoTime();
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(Thread.ofPlatform().start(() -> emit(thread, each, begin, batchNs, cpuNs)));
      }
      for (Thread thread : all) {
        thread.join();
      }
      wall = System.nanoTime() - begin;
      session.flush();
      consumer = TracerEmit.consumerNs() - before;
      session.stop();
      lost = session.lostEvents();
    }
    long events = each * threads;
    System.out.printf(
        Locale.ROOT,
        "events %d%nlost %d%nseconds of the clock %.2f%nmillion events a second %.2f%n"
            + "CPU ns an event %.1f%nconsumer CPU ms a million events %.1f%nbytes an event %.1f%n",
        events,
        lost,
        wall / 1e9,
        events * 1e3 / wall,
        (double) cpuNs.sum() / events,
        (double) consumer / events,
        (double) TraceFolders.bytes(trace) / events);
  }

  // In steps that are emitted at once, each at its time or as soon as it can be.
  private static void emit(int thread, long events, long begin, double batchNs, LongAdder cpuNs) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long waited = 0;
    long before = clock.getCurrentThreadCpuTime();
    for (long number = 0; number < events; number += BATCH) {
      long due = begin + (long) (number / BATCH * batchNs);
      if (System.nanoTime() < due) {
        long from = clock.getCurrentThreadCpuTime();
        while (System.nanoTime() < due) {
          Thread.onSpinWait();
        }
        waited += clock.getCurrentThreadCpuTime() - from;
      }
      for (long i = number; i < number + BATCH; i++) {
        EVENTS.step(i, thread, "short/str");
      }
    }
    cpuNs.add(clock.getCurrentThreadCpuTime() - before - waited);
  }
}
