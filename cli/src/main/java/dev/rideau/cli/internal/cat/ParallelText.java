package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Selection;
import dev.rideau.cli.internal.text.RecordTextFactory;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.filter.StreamFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decodes data streams and writes their lines on several threads, ahead of one thread that merges
/// them.
///
/// Each stream is cut into segments of successive packets. A worker takes the segment that is
/// earliest in time and writes one run of it; so a stream with many packets keeps all workers busy,
/// and the streams advance together. Text that waits to be merged is bounded: beyond the budget
/// only streams of which nothing waits are worked on.
///
/// The merging thread owns the object; workers share it under one lock, which is taken twice for
/// each run of lines.
final class ParallelText implements AutoCloseable {
  private static final long BUDGET_BYTES = 48L << 20;
  private static final int MAXIMUM_RUN_BYTES = 256 << 10;
  private static final int MINIMUM_RUN_BYTES = 8 << 10;
  private static final long SEGMENT_BYTES = 1 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition workArrived = lock.newCondition();
  private final Condition runArrived = lock.newCondition();
  private final List<StreamText> streams = new ArrayList<>();
  private final List<Thread> workers = new ArrayList<>();
  private final ArrayDeque<TextRun> idle = new ArrayDeque<>();
  private final RecordTextFactory texts;
  private final Selection selection;
  private final DiagnosticSink diagnostics;
  private final boolean cycles;
  private final boolean withNotes;
  private final int runBytes;
  private final int segmentsAhead;
  private Consumer<TextRun> beforeRecycling = _ -> {};
  private long waitingBytes;
  private long startedBytes;
  private @Nullable StreamText wanted;
  private @Nullable Throwable failure;
  private boolean closed;

  /// Starts the workers.
  ///
  /// @param cycles whether differences between lines are told in cycles
  /// @param withNotes whether runs are to hold what [RecycledStrings] needs
  ParallelText(
      List<DataStream> dataStreams,
      RecordTextFactory texts,
      Selection selection,
      DiagnosticSink diagnostics,
      boolean cycles,
      boolean withNotes,
      int threads) {
    this.withNotes = withNotes;
    this.texts = texts;
    this.cycles = cycles;
    this.selection = selection;
    this.diagnostics = diagnostics;
    int count = Math.max(1, dataStreams.size());
    runBytes = Math.clamp(BUDGET_BYTES / (2L * count), MINIMUM_RUN_BYTES, MAXIMUM_RUN_BYTES);
    segmentsAhead = count > 4 * threads ? 1 : 1 + (2 * threads + count - 1) / count;
    for (DataStream stream : dataStreams) {
      streams.add(new StreamText(stream));
    }
    for (int i = 1; i <= threads; i++) {
      workers.add(Thread.ofPlatform().daemon().name("rideau-text-" + i).start(this::work));
    }
  }

  /// Has something done with each run before it is used for other lines, by the merging thread.
  void beforeRecycling(Consumer<TextRun> action) {
    beforeRecycling = action;
  }

  /// The lines of each stream, in the order of the list given to the constructor.
  List<? extends TextSource> sources() {
    return streams;
  }

  /// Bytes of packets that were at least begun.
  long startedBytes() {
    lock.lock();
    try {
      return startedBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Stops the workers and waits for them.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      workArrived.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    for (StreamText stream : streams) {
      stream.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    lock.lock();
    try {
      while (!closed && failure == null) {
        StreamText stream = choose();
        if (stream == null) {
          workArrived.await();
        } else {
          writeRun(stream);
        }
      }
    } catch (InterruptedException _) {
      closed = true;
    } catch (Throwable thrown) {
      failure = thrown;
      runArrived.signalAll();
      workArrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The stream to work on: the one that the merging thread waits for, else the earliest.
  private @Nullable StreamText choose() {
    StreamText urgent = wanted;
    if (urgent != null && urgent.waitingRuns == 0 && urgent.hasWork()) {
      return urgent;
    }
    StreamText best = null;
    long bestNs = Long.MAX_VALUE;
    for (StreamText stream : streams) {
      boolean affordable = waitingBytes < BUDGET_BYTES || stream.isIdle();
      if (affordable && stream.hasWork()) {
        long ns = stream.nextWorkNs();
        if (best == null || ns < bestNs) {
          best = stream;
          bestNs = ns;
        }
      }
    }
    return best;
  }

  /// Writes one run; called with the lock, which is released meanwhile.
  private void writeRun(StreamText stream) {
    TextSegment segment = stream.takeSegment();
    TextRun run =
        idle.isEmpty() ? new TextRun(runBytes + (runBytes >> 2), cycles, withNotes) : idle.pop();
    segment.running = true;
    boolean more = false;
    lock.unlock();
    try {
      more = segment.lines.fill(run, runBytes);
    } finally {
      lock.lock();
      segment.running = false;
    }
    if (!more) {
      segment.ended = true;
      stream.idleLines.push(segment.lines);
    }
    if (run.size() > 0) {
      segment.progressNs = run.timestampsNs()[run.size() - 1];
      segment.ready.add(run);
      stream.waitingRuns++;
      waitingBytes += run.text().capacity();
    } else {
      idle.push(run);
    }
    if (stream.equals(wanted)) {
      runArrived.signal();
    }
  }

  private void recycle(TextRun run) {
    beforeRecycling.accept(run);
    run.clear();
    // A run that grew for a few very long lines is not kept.
    if (run.text().capacity() <= 4 * runBytes) {
      idle.push(run);
    }
  }

  /// The lines of one data stream. Guarded by the lock, but for [#next], which takes it.
  private final class StreamText implements TextSource {
    private final DataStream stream;
    private final PacketIndex packets;
    private final StreamFilter streamFilter;
    private final int endPacket;
    private int nextPacket;

    /// Segments that are begun and not yet merged, in order.
    private final ArrayDeque<TextSegment> open = new ArrayDeque<>();

    /// Of segments that ended, to be used again.
    private final ArrayDeque<StreamLines> idleLines = new ArrayDeque<>();

    private int waitingRuns;
    private @Nullable TextRun lent;

    /// Runs that were fetched and not yet lent.
    private final ArrayDeque<TextRun> fetched = new ArrayDeque<>();

    StreamText(DataStream stream) {
      this.stream = stream;
      packets = stream.packets();
      streamFilter = selection.filter().forStream(stream);
      nextPacket = selection.firstPacket(stream);
      endPacket = selection.endPacket(stream);
    }

    /// Whether nothing of the stream waits or is being written.
    boolean isIdle() {
      if (waitingRuns > 0) {
        return false;
      }
      for (TextSegment segment : open) {
        if (segment.running) {
          return false;
        }
      }
      return true;
    }

    boolean hasWork() {
      return startable() != null || canOpen();
    }

    private boolean canOpen() {
      return nextPacket < endPacket && open.size() < segmentsAhead;
    }

    private @Nullable TextSegment startable() {
      for (TextSegment segment : open) {
        if (!segment.running && !segment.ended) {
          return segment;
        }
      }
      return null;
    }

    /// Time of the next thing to write.
    long nextWorkNs() {
      TextSegment segment = startable();
      return segment == null ? packets.beginNs(nextPacket) : segment.progressNs;
    }

    TextSegment takeSegment() {
      TextSegment segment = startable();
      return segment == null ? openSegment() : segment;
    }

    private TextSegment openSegment() {
      int first = nextPacket;
      int end = first + 1;
      long bytes = packets.totalBits(first) >>> 3;
      if (stream.hasIndependentPackets()) {
        while (end < endPacket && bytes < SEGMENT_BYTES) {
          bytes += packets.totalBits(end++) >>> 3;
        }
      } else {
        while (end < endPacket) {
          bytes += packets.totalBits(end++) >>> 3;
        }
      }
      nextPacket = end;
      startedBytes += bytes;
      TextSegment segment = new TextSegment(lines(first, end), packets.beginNs(first));
      open.add(segment);
      return segment;
    }

    private StreamLines lines(int first, int end) {
      StreamLines lines = idleLines.poll();
      if (lines == null) {
        lines =
            new StreamLines(
                stream.cursor(first, end, selection.projection(streamFilter), diagnostics),
                texts.open(stream),
                streamFilter.isAll() ? null : streamFilter,
                selection,
                withNotes ? new PacketMarks(stream) : null);
      }
      lines.restart(first, end);
      return lines;
    }

    void close() {
      for (TextSegment segment : open) {
        if (!segment.ended) {
          segment.lines.close();
        }
      }
      idleLines.forEach(StreamLines::close);
    }

    @Override
    public @Nullable TextRun next() {
      lock.lock();
      try {
        TextRun last = lent;
        if (last != null) {
          lent = null;
          waitingBytes -= last.text().capacity();
          recycle(last);
          workArrived.signal();
        }
        TextRun run = fetched.isEmpty() ? take() : fetched.poll();
        lent = run;
        return run;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public @Nullable TextRun current() {
      return lent;
    }

    @Override
    public @Nullable TextRun fetch() {
      lock.lock();
      try {
        TextRun run = take();
        if (run != null) {
          fetched.add(run);
        }
        return run;
      } finally {
        lock.unlock();
      }
    }

    private @Nullable TextRun take() {
      while (true) {
        Throwable thrown = failure;
        if (thrown instanceof RuntimeException exception) {
          throw exception;
        } else if (thrown instanceof Error error) {
          throw error;
        }
        TextSegment head = open.peek();
        if (head == null && nextPacket >= endPacket) {
          return null;
        }
        if (head != null && !head.ready.isEmpty()) {
          waitingRuns--;
          return head.ready.poll();
        }
        if (head != null && head.ended && !head.running) {
          open.poll();
          workArrived.signal();
        } else {
          wanted = this;
          workArrived.signal();
          runArrived.awaitUninterruptibly();
          wanted = null;
        }
      }
    }
  }
}
