package dev.rideau.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many threads, tiny buffers, and everything at once: reserve, commit, switch, flush, rotation,
/// snapshots, stop and start.
///
/// `-Drideau.stressMillis=…` for longer runs.
final class StressTest {
  private static final long MILLIS = Long.getLong("rideau.stressMillis", 1500);

  @TraceProvider("stress")
  interface Events {
    @TraceEvent
    void step(int thread, long number, String text);
  }

  private static final Events EVENTS = Tracer.provider(Events.class);

  @TempDir Path folder;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final long[] counts = new long[64];

  private static String text(long number) {
    return "y".repeat((int) (number * 7 % 61)) + number;
  }

  private void start(int first, int end, boolean virtual) {
    for (int i = first; i < end; i++) {
      int thread = i;
      Runnable work =
          () -> {
            long number = 0;
            for (; !ended.get(); number++) {
              EVENTS.step(thread, number, text(number));
              if (virtual && number % 16 == 0) {
                Thread.yield();
              }
            }
            counts[thread] = number;
          };
      threads.add(virtual ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work));
    }
  }

  private void join() throws InterruptedException {
    ended.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  @Tag("slow")
  void nothingIsLostOrHarmedWhileWritersWait() throws Exception {
    Path trace = folder.resolve("trace");
    List<Path> parts = new ArrayList<>();
    try (TraceSession session =
        Tracer.session("stress")
            .output(trace)
            .channel(
                ChannelOptions.named("channel")
                    .mode(BufferMode.BLOCK)
                    .subBuffers(2, 4096)
                    .stripes(2)
                    .timers(Duration.ofMillis(1), Duration.ofMillis(1)))
            .create()) {
      session.enable(EventRule.named("stress:*"));
      session.start();
      start(0, 4, false);
      start(4, 24, true);
      long end = System.nanoTime() + MILLIS * 1_000_000;
      while (System.nanoTime() < end) {
        session.flush();
        Thread.sleep(1);
        parts.add(session.rotate());
      }
      join();
      assertThat(session.lostEvents()).isZero();
    }
    parts.add(trace);
    // Streams are cut one after the other, so a thread that changes its stripe may be further in an
    // earlier part: only all parts together are without a gap.
    List<RecordedEvent> events = new ArrayList<>();
    for (Path part : parts) {
      if (part.toFile().list().length == 1) {
        continue; // nothing but metadata
      }
      RecordedTrace read = RecordedTrace.read(part);
      assertThat(read.diagnostics()).isEmpty();
      events.addAll(read.events());
    }
    events.sort(Comparator.comparingLong(RecordedEvent::timestampNs));
    Map<Long, Long> next = new HashMap<>();
    check(events, next, true);
    for (int thread = 0; thread < threads.size(); thread++) {
      assertThat(next.getOrDefault((long) thread, 0L)).isEqualTo(counts[thread]);
    }
  }

  @Test
  @Tag("slow")
  void snapshotsOfAFlightRecorderAreWhole() throws Exception {
    try (TraceSession session =
        Tracer.session("flight")
            .output(folder.resolve("trace"))
            .channel(
                ChannelOptions.named("channel")
                    .mode(BufferMode.OVERWRITE)
                    .subBuffers(8, 4096)
                    .stripes(2))
            .create()) {
      session.enable(EventRule.named("stress:*"));
      session.start();
      start(0, 2, false);
      start(2, 6, true);
      long end = System.nanoTime() + MILLIS * 1_000_000;
      int snapshots = 0;
      while (System.nanoTime() < end) {
        Path taken = session.snapshot();
        if (taken.toFile().list().length > 1) {
          RecordedTrace read = RecordedTrace.read(taken);
          assertThat(read.diagnostics()).isEmpty();
          check(read.events(), new HashMap<>(), false);
          snapshots++;
        }
      }
      join();
      assertThat(snapshots).isPositive();
    }
  }

  // Records of a thread stand in its order; without a gap where none is lost.
  private static void check(List<RecordedEvent> events, Map<Long, Long> next, boolean gapless) {
    for (RecordedEvent event : events) {
      long thread = (long) event.field("thread");
      long number = (long) event.field("number");
      long least = next.getOrDefault(thread, 0L);
      if (gapless ? number != least : number < least) {
        throw new AssertionError(diagnosis(events, event, thread, least));
      }
      if (!event.field("text").equals(text(number))) {
        throw new AssertionError("harmed: " + event);
      }
      next.put(thread, number + 1);
    }
  }

  // Tells events that are nowhere from events whose times are not in order.
  private static String diagnosis(
      List<RecordedEvent> events, RecordedEvent found, long thread, long expected) {
    List<RecordedEvent> ofThread =
        events.stream().filter(each -> (long) each.field("thread") == thread).toList();
    Set<Long> present =
        ofThread.stream().map(each -> (long) each.field("number")).collect(Collectors.toSet());
    long missing =
        LongStream.range(expected, (long) found.field("number"))
            .filter(number -> !present.contains(number))
            .count();
    StringBuilder told =
        new StringBuilder("expected " + expected + " in " + found + "; before it are missing ")
            .append(missing)
            .append("; events of the thread around it by time, as number @ time in stream:");
    int at = ofThread.indexOf(found);
    for (RecordedEvent each :
        ofThread.subList(Math.max(0, at - 5), Math.min(ofThread.size(), at + 5))) {
      told.append("\n  ").append(each.field("number")).append(" @ ").append(each.timestampNs());
      told.append(" in ").append(each.stream());
    }
    ofThread.stream()
        .filter(each -> (long) each.field("number") == expected)
        .forEach(each ->
            told.append("\nthe expected one is @ ")
                .append(each.timestampNs())
                .append(" in ")
                .append(each.stream()));
    return told.toString();
  }
}
