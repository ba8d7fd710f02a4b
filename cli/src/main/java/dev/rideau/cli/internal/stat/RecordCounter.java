package dev.rideau.cli.internal.stat;

import dev.rideau.cli.internal.Progress;
import dev.rideau.cli.internal.Selection;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts the event records of data streams with several threads. The result does not depend on how
/// many.
final class RecordCounter {
  private final List<DataStream> streams;
  private final Selection selection;
  private final Progress progress;
  private final PacketRanges ranges;
  private final long totalBytes;
  private final AtomicLong doneBytes = new AtomicLong();
  private final OrderedDiagnostics diagnostics = new OrderedDiagnostics();
  private final @Nullable RecordChoice[] choices;

  /// Set when a worker failed, so that the others stop.
  private volatile @Nullable Throwable failure;

  RecordCounter(List<DataStream> streams, Selection selection, Progress progress) {
    this.streams = streams;
    this.selection = selection;
    this.progress = progress;
    choices = new RecordChoice[streams.size()];
    ranges = new PacketRanges(streams, selection);
    totalBytes = PacketRanges.totalBytes(streams, selection);
  }

  /// Counts.
  ///
  /// @param threads most threads that may work; this one is among them
  RecordCounts count(int threads) {
    RecordCounts counts = new RecordCounts(streams);
    List<Thread> others = new ArrayList<>();
    List<RecordCounts> theirs = new ArrayList<>();
    // A thread more must be worth its start.
    long useful = Math.min(threads, 1 + totalBytes / (1 << 20));
    for (int i = 1; i < useful; i++) {
      RecordCounts own = new RecordCounts(streams);
      theirs.add(own);
      others.add(Thread.ofPlatform().daemon().name("stat-" + i).start(() -> work(own)));
    }
    work(counts);
    for (Thread other : others) {
      join(other);
    }
    rethrow();
    for (RecordCounts own : theirs) {
      counts.add(own);
    }
    return counts;
  }

  /// All workers share the choice of a stream, so that its procedures are compiled once.
  private RecordChoice choiceOf(int stream) {
    synchronized (choices) {
      RecordChoice known = choices[stream];
      if (known == null) {
        known = new RecordChoice(selection, streams.get(stream));
        choices[stream] = known;
      }
      return known;
    }
  }

  /// What was found wrong; complete after [#count(int)].
  OrderedDiagnostics diagnostics() {
    return diagnostics;
  }

  private void work(RecordCounts counts) {
    try (Worker worker = new Worker(counts)) {
      for (PacketRange range = ranges.next();
          range != null && failure == null;
          range = ranges.next()) {
        worker.count(range);
      }
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    }
  }

  private void join(Thread other) {
    try {
      other.join();
    } catch (InterruptedException interrupted) {
      failure = new IllegalStateException("interrupted while counting", interrupted);
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      case Throwable other -> throw new IllegalStateException(other);
    }
  }

  /// What one thread works with.
  private final class Worker implements AutoCloseable {
    private final RecordCounts counts;
    private @Nullable BlockCursor cursor;
    private @Nullable RecordChoice choice;
    private int cursorStream = -1;
    private int packet;

    /// The packets of the range before this one are counted.
    private int donePacket;

    private int found;

    Worker(RecordCounts counts) {
      this.counts = counts;
    }

    void count(PacketRange range) {
      packet = range.firstPacket();
      donePacket = packet;
      found = 0;
      BlockCursor blocks = cursorAt(range);
      RecordChoice chosen = choice;
      if (chosen == null) {
        countAll(blocks, range.stream());
      } else {
        countChosen(blocks, range.stream(), chosen);
      }
      done(range.endPacket());
    }

    private void countAll(BlockCursor blocks, int stream) {
      for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
        counts.count(stream, block);
        if (block.packet() > donePacket) {
          done(block.packet());
        }
      }
    }

    private void countChosen(BlockCursor blocks, int stream, RecordChoice chosen) {
      for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
        counts.count(stream, block, chosen);
        if (block.packet() > donePacket) {
          done(block.packet());
        }
      }
    }

    private BlockCursor cursorAt(PacketRange range) {
      BlockCursor known = cursor;
      if (known != null && cursorStream == range.stream()) {
        known.restart(range.firstPacket(), range.endPacket());
        return known;
      }
      close();
      cursorStream = range.stream();
      DataStream stream = streams.get(cursorStream);
      choice = selection.isAll() ? null : choiceOf(cursorStream);
      Projection projection = choice == null ? Projection.TIMESTAMPS : choice;
      BlockCursor made =
          stream.cursor(range.firstPacket(), range.endPacket(), projection, this::report);
      cursor = made;
      return made;
    }

    private void done(int endPacket) {
      PacketIndex packets = streams.get(cursorStream).packets();
      long bytes = 0;
      while (donePacket < endPacket) {
        bytes += packets.totalBits(donePacket++) >>> 3;
      }
      progress.update(doneBytes.addAndGet(bytes), totalBytes);
    }

    private void report(Diagnostic diagnostic) {
      diagnostics.add(cursorStream, packet, found++, diagnostic);
    }

    @Override
    public void close() {
      if (cursor != null) {
        cursor.close();
        cursor = null;
      }
    }
  }
}
