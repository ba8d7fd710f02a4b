package dev.rideau.cli.internal.cat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Prints slices on several threads.
///
/// A worker takes the next slice and writes its lines, piece by piece. The one whose slice has its
/// turn sends pieces at once, out of its own cache; the others put them aside. When a slice is done
/// the turn goes to the next: to its worker, or, when that has gone on to another slice, its pieces
/// are sent at once. Text that was put aside is bounded: beyond the budget workers wait for their
/// turn.
///
/// Should a slice not begin where the one before it ended, because a packet holds records that its
/// neighbours in time say it cannot hold, the rest is printed by one thread from where it is sure.
///
/// All threads share the object under one lock, which is taken for each piece. Only the thread that
/// has the turn uses the output.
final class SlicePrinter {
  private static final long BUDGET_BYTES = 48L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SliceCuts cuts;
  private final Supplier<SliceText> texts;
  private final SliceOutput output;
  private final Map<Integer, Slice> slices = new HashMap<>();
  private final ArrayDeque<TextPiece> idle = new ArrayDeque<>();
  private int nextSlice;

  /// The slice whose pieces are sent.
  private int turn;

  private long waitingBytes;
  private @Nullable Throwable failure;

  /// Where the last slice that was sent ended.
  private List<StreamStart> ends = List.of();

  /// Whether slices do not fit together.
  private boolean broken;

  /// Whether an empty string was found that needs more care.
  private boolean needsStrings;

  /// Guarded by the lock.
  private static final class Slice {
    final ArrayDeque<TextPiece> waiting = new ArrayDeque<>();
    List<StreamStart> ends = List.of();
    boolean isDone;
  }

  SlicePrinter(SliceCuts cuts, Supplier<SliceText> texts, SliceOutput output) {
    this.cuts = cuts;
    this.texts = texts;
    this.output = output;
  }

  /// Prints all slices on so many threads, this one among them.
  ///
  /// @return false when an empty string was met of which more must be known; nothing behind it is
  ///   printed
  boolean print(int threads) {
    List<Thread> workers = new ArrayList<>();
    int most = Math.min(threads, cuts.size());
    for (int i = 1; i < most; i++) {
      workers.add(Thread.ofPlatform().daemon().name("rideau-text-" + i).start(this::work));
    }
    work();
    for (Thread worker : workers) {
      join(worker);
    }
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    } else if (thrown instanceof Error error) {
      throw error;
    }
    return needsStrings ? false : !broken || print(ends, Long.MAX_VALUE);
  }

  /// Prints up to `limit` lines on this thread; see [#print(int)].
  boolean printLimited(long limit) {
    return print(cuts.starts(0), limit);
  }

  private boolean print(List<StreamStart> starts, long limit) {
    try (SliceText text = texts.get()) {
      return print(text, starts, limit);
    }
  }

  private boolean print(SliceText text, List<StreamStart> starts, long limit) {
    text.start(starts, Long.MAX_VALUE, limit);
    TextPiece piece = text.newPiece();
    boolean more = true;
    while (more) {
      more = text.fill(piece);
      if (piece.hasEmptyString) {
        return false;
      }
      output.write(piece);
      piece.clear();
    }
    return true;
  }

  private static void join(Thread worker) {
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try (SliceText text = texts.get()) {
      for (int slice = take(); slice >= 0; slice = take()) {
        List<StreamStart> starts = cuts.starts(slice);
        text.start(starts, cuts.endNs(slice), Long.MAX_VALUE);
        boolean more = true;
        while (more) {
          TextPiece piece = idlePiece(text);
          more = text.fill(piece);
          if (!hand(slice, piece)) {
            return;
          }
        }
        end(slice, text.ends(starts));
      }
    } catch (Throwable thrown) {
      lock.lock();
      try {
        if (failure == null) {
          failure = thrown;
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean isOver() {
    return failure != null || broken || needsStrings;
  }

  /// The next slice to work on, or -1.
  private int take() {
    lock.lock();
    try {
      if (isOver() || nextSlice == cuts.size()) {
        return -1;
      }
      slices.put(nextSlice, new Slice());
      return nextSlice++;
    } finally {
      lock.unlock();
    }
  }

  private TextPiece idlePiece(SliceText text) {
    lock.lock();
    try {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    } finally {
      lock.unlock();
    }
    return text.newPiece();
  }

  /// Sends a piece or puts it aside.
  ///
  /// @return false when all work is over
  private boolean hand(int number, TextPiece piece) {
    lock.lock();
    try {
      Slice slice = slice(number);
      while (!isOver() && turn != number && waitingBytes > BUDGET_BYTES) {
        changed.awaitUninterruptibly();
      }
      slice.waiting.add(piece);
      waitingBytes += piece.text.capacity();
      if (turn == number) {
        send(slice);
      }
      return !isOver();
    } finally {
      lock.unlock();
    }
  }

  /// Ends a slice; gives the turn on when it has it.
  private void end(int number, List<StreamStart> sliceEnds) {
    lock.lock();
    try {
      Slice ended = slice(number);
      ended.ends = sliceEnds;
      ended.isDone = true;
      if (turn != number) {
        return;
      }
      Slice current = ended;
      // A slice that is not done is sent by its own worker.
      while (current != null && current.isDone && !isOver()) {
        send(current);
        if (!isOver()) {
          output.endSlice();
          ends = current.ends;
          slices.remove(turn);
          turn++;
        }
        current = slices.get(turn);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Slice slice(int number) {
    Slice slice = slices.get(number);
    if (slice == null) {
      throw new IllegalStateException("slice " + number + " was not taken");
    }
    return slice;
  }

  /// Sends the pieces of the slice whose turn it is. The lock is released meanwhile: nobody else
  /// sends, because the turn stays.
  private void send(Slice slice) {
    while (!isOver() && !slice.waiting.isEmpty()) {
      TextPiece piece = slice.waiting.remove();
      waitingBytes -= piece.text.capacity();
      broken = !fits(piece);
      needsStrings = piece.hasEmptyString;
      if (isOver()) {
        changed.signalAll();
        return;
      }
      lock.unlock();
      try {
        output.write(piece);
        piece.clear();
      } finally {
        lock.lock();
      }
      idle.push(piece);
    }
  }

  /// Whether a piece begins where the one before it ended.
  private boolean fits(TextPiece piece) {
    if (turn == 0) {
      return true;
    }
    for (int i = 0; i < piece.starts.size(); i++) {
      if (!piece.starts.get(i).equals(ends.get(i).position())) {
        return false;
      }
    }
    return true;
  }
}
