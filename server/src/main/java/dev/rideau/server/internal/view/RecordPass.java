package dev.rideau.server.internal.view;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Merger;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One pass over all records in the order of time, as soon as a trace is open: the index of the
/// event table, how many records there are when, and rows that can be shown before there are facts.
///
/// Runs on a thread of its own beside the extraction of facts, which takes several times as long.
final class RecordPass implements Projection {
  /// The first rows are shown after this time, the next ones after twice the time, and so on.
  private static final long FIRST_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final EventTable events;
  private final RecordLanes lanes;
  private final Density density = new Density();
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private final MappedFile file;
  private final Consumer<Timeline> show;
  private @Nullable Thread thread;

  /// @param file for the states of rows
  /// @param show takes the rows so far, again and again
  RecordPass(EventTable events, MappedFile file, Consumer<Timeline> show) {
    this.events = events;
    this.file = file;
    this.show = show;
    lanes = new RecordLanes();
  }

  /// Begins; once.
  void start(OpenedTraces traces, String name) {
    Thread reader = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(traces));
    thread = reader;
    reader.start();
  }

  Density density() {
    return density;
  }

  private void run(OpenedTraces traces) {
    try {
      read(traces);
      events.finish(null);
    } catch (IOException | RuntimeException | OutOfMemoryError failure) {
      events.finish(String.valueOf(failure.getMessage()));
    } finally {
      over.countDown();
    }
  }

  private void read(OpenedTraces traces) throws IOException {
    List<BlockCursor> cursors = new ArrayList<>();
    long begin = System.nanoTime();
    long next = FIRST_NS;
    try {
      lanes.start(traces);
      Merger<RecordBlock> merger = EventTable.merger(traces, this, Long.MIN_VALUE, cursors);
      while (!isStopped.get() && merger.advance()) {
        RecordBlock block = merger.block();
        events.take(block.timestampsNs(), merger.from(), merger.to());
        density.add(block.timestampsNs(), merger.from(), merger.to());
        lanes.take(merger.source(), block, merger.from(), merger.to());
        if (System.nanoTime() - begin > next) {
          next *= 2;
          publish();
        }
      }
      publish();
    } finally {
      cursors.forEach(BlockCursor::close);
    }
  }

  private void publish() throws IOException {
    TimelineRows rows = new TimelineRows(lanes.hosts());
    StateStore store = new StateStore(file);
    lanes.addCpus(rows, store);
    lanes.addEvents(rows, store);
    show.accept(rows.timeline(Map.of()));
  }

  @Override
  public MemberSelection members(EventClass eventClass, Scope scope) {
    return RecordLanes.members(eventClass, scope);
  }

  /// Adds rows of records of traces without switches, which facts tell little of. Waits until all
  /// records are read.
  void addEvents(TimelineRows rows) throws IOException {
    try {
      over.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    lanes.addEvents(rows, new StateStore(file));
    lanes.clear();
  }

  /// Lets it end soon.
  void halt() {
    isStopped.set(true);
  }

  /// Ends it and waits for that.
  void stop() throws InterruptedException {
    halt();
    Thread reader = thread;
    if (reader != null) {
      reader.join();
    }
  }
}
