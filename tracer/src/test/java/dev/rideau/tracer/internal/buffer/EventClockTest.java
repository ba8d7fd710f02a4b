package dev.rideau.tracer.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The clock of events is the clock of the kernel, and never runs backwards for anybody.
final class EventClockTest {
  private static final int THREADS = 3;
  private static final int READINGS = 400_000;
  private static final int MEASUREMENTS = 40;
  private static final long MEASURING_NS = ClockLine.BASE_NS + 4 * ClockLine.LENGTH_NS;
  private static final long FARTHEST_NS = 2000;

  @Test
  void isTheMonotonicClock() {
    for (int i = 0; i < READINGS; i++) {
      long before = System.nanoTime();
      long now = EventClock.nowInOrder();
      long after = System.nanoTime();
      if (now < before - FARTHEST_NS || now > after + FARTHEST_NS) {
        assertThat(now).isBetween(before - FARTHEST_NS, after + FARTHEST_NS);
      }
    }
  }

  // Two events of a thread may be in different buffers: only their times tell which came first.
  @Test
  void neverStandsStillWhileItIsMeasured() throws Exception {
    Callable<Void> work =
        () -> {
          long last = Long.MIN_VALUE;
          long end = System.nanoTime() + MEASURING_NS;
          while (System.nanoTime() < end) {
            long now = EventClock.nowInOrder();
            if (now <= last) {
              throw new AssertionError("told " + now + " after " + last);
            }
            last = now;
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int round = 0; round < MEASUREMENTS; round++) {
        measureAnew();
        for (Future<Void> each : threads.invokeAll(Collections.nCopies(THREADS, work))) {
          each.get();
        }
      }
    }
  }

  private static void measureAnew() throws ReflectiveOperationException {
    VarHandle line =
        MethodHandles.privateLookupIn(EventClock.class, MethodHandles.lookup())
            .findStaticVarHandle(EventClock.class, "line", ClockLine.class);
    ClockLine last = (ClockLine) line.getVolatile();
    line.setVolatile(last.unmeasured(System.nanoTime()));
  }

  @Test
  void neverRunsBackwardsFromThreadToThread() throws Exception {
    AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
    Callable<Void> work =
        () -> {
          for (int i = 0; i < READINGS; i++) {
            long before = newest.get();
            long now = EventClock.nowInOrder();
            if (now < before) {
              throw new AssertionError("behind another thread by " + (before - now));
            }
            boolean taken = newest.compareAndSet(before, now);
            long later = EventClock.now();
            if (later < now) {
              throw new AssertionError("behind itself by " + (now - later) + ", " + taken);
            }
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(threads.submit(work));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    }
  }
}
