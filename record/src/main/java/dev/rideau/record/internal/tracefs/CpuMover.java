package dev.rideau.record.internal.tracefs;

import dev.rideau.record.internal.linux.LinuxCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Moves the pages of one CPU's ring buffer to a file, in a thread of its own, without looking at
/// them.
///
/// `splice(2)` hands whole pages from the ring buffer through a pipe to the file. The kernel wakes
/// the thread when the buffer is half full; otherwise it looks a few times a second.
public final class CpuMover {
  private static final int PIPE_BYTES = 1 << 20;
  private static final int TIMEOUT_MS = 200;
  private static final int PAGE_HEAD_BYTES = 16;

  private final int cpu;
  private final Path source;
  private final Path target;
  private final int pageBytes;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable IOException failure;
  private long mostBytes = Long.MAX_VALUE;
  private volatile long movedBytes;

  /// The same, for the thread itself.
  private long moved;

  private CpuMover(int cpu, Path instance, Path target, int pageBytes) {
    this.cpu = cpu;
    source = instance.resolve("per_cpu/cpu" + cpu + "/trace_pipe_raw");
    this.target = target;
    this.pageBytes = pageBytes;
    thread = Thread.ofPlatform().name("rideau-cpu" + cpu).daemon().unstarted(this::run);
  }

  /// Starts to move the pages of `cpu` to `target`.
  public static CpuMover start(int cpu, Path instance, Path target, int pageBytes) {
    CpuMover mover = new CpuMover(cpu, instance, target, pageBytes);
    mover.thread.start();
    return mover;
  }

  /// Moves what is in the buffer of `cpu` now to `target`, while tracing goes on.
  ///
  /// @param mostBytes when to stop following what is added meanwhile
  public static void drain(int cpu, Path instance, Path target, int pageBytes, long mostBytes)
      throws IOException {
    CpuMover mover = new CpuMover(cpu, instance, target, pageBytes);
    mover.mostBytes = mostBytes;
    mover.stopped = true;
    mover.run();
    IOException why = mover.failure;
    if (why != null) {
      throw why;
    }
  }

  /// How much of what [#drain] moved lies before a hole: the rest of the page that the drain before
  /// read in part, which nothing overwrites, while all behind it was overwritten.
  public static long leftoverBytes(Path moved, int pageBytes) throws IOException {
    if (!Files.exists(moved)) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(moved, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(PAGE_HEAD_BYTES).order(ByteOrder.nativeOrder());
      while (head.hasRemaining()) {
        if (channel.read(head, pageBytes + head.position()) < 0) {
          return 0;
        }
      }
      // The word with the length of the page says whether something is missing before it.
      return head.getInt(8) < 0 ? pageBytes : 0;
    }
  }

  /// The CPU whose pages it moves.
  public int cpu() {
    return cpu;
  }

  /// Bytes moved so far.
  public long movedBytes() {
    return movedBytes;
  }

  /// Why it ended early, or null.
  public @Nullable IOException failure() {
    return failure;
  }

  /// Moves what is left and ends. Tracing must be off.
  public void finish() throws IOException {
    stopped = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    IOException why = failure;
    if (why != null) {
      throw why;
    }
  }

  private void run() {
    try (Arena arena = Arena.ofConfined()) {
      LinuxCalls calls = new LinuxCalls(arena);
      int from = -1;
      int to = -1;
      int[] pipe = {-1, -1};
      try {
        from =
            calls.open(
                source.toString(),
                LinuxCalls.O_RDONLY | LinuxCalls.O_NONBLOCK | LinuxCalls.O_CLOEXEC,
                0);
        to =
            calls.open(
                target.toString(),
                LinuxCalls.O_WRONLY
                    | LinuxCalls.O_CREAT
                    | LinuxCalls.O_TRUNC
                    | LinuxCalls.O_CLOEXEC,
                0644);
        pipe = calls.pipe(PIPE_BYTES);
        while (!stopped) {
          calls.pollIn(from, TIMEOUT_MS);
          // Also when not woken: what is moved survives a kill.
          movePages(calls, from, pipe, to);
        }
        movePages(calls, from, pipe, to);
        moveRest(calls, from, to, arena.allocate(pageBytes, 8));
      } catch (IOException broken) {
        failure = broken;
      } finally {
        for (int fd : new int[] {from, to, pipe[0], pipe[1]}) {
          if (fd >= 0) {
            calls.close(fd);
          }
        }
      }
    }
  }

  /// Moves all full pages.
  private void movePages(LinuxCalls calls, int from, int[] pipe, int to) throws IOException {
    while (moved < mostBytes) {
      long count =
          calls.splice(
              from, pipe[1], PIPE_BYTES, LinuxCalls.SPLICE_F_MOVE | LinuxCalls.SPLICE_F_NONBLOCK);
      if (count <= 0) {
        int errno = calls.errno();
        if (count == 0 || errno == LinuxCalls.EAGAIN) {
          return;
        }
        if (errno == LinuxCalls.EINTR) {
          continue;
        }
        throw failed(errno);
      }
      for (long left = count; left > 0; ) {
        long done = calls.splice(pipe[0], to, left, LinuxCalls.SPLICE_F_MOVE);
        if (done > 0) {
          left -= done;
        } else if (calls.errno() != LinuxCalls.EINTR) {
          throw failed(calls.errno());
        }
      }
      moved += count;
      movedBytes = moved;
      if (count < pageBytes) {
        return;
      }
    }
  }

  /// Copies the pages that are not full.
  private void moveRest(LinuxCalls calls, int from, int to, MemorySegment page) throws IOException {
    // While tracing goes on there is always more; one page of it is the newest.
    int pages = mostBytes == Long.MAX_VALUE ? Integer.MAX_VALUE : 1;
    for (int i = 0; i < pages; i++) {
      long count = calls.read(from, page, pageBytes);
      if (count <= 0) {
        if (count < 0 && calls.errno() == LinuxCalls.EINTR) {
          continue;
        }
        return;
      }
      long done = 0;
      while (done < count) {
        long written = calls.write(to, page.asSlice(done), count - done);
        if (written < 0 && calls.errno() != LinuxCalls.EINTR) {
          throw failed(calls.errno());
        }
        done += Math.max(0, written);
      }
      moved += count;
      movedBytes = moved;
    }
  }

  private IOException failed(int errno) {
    return new IOException(
        "pages of CPU %d cannot be written to %s: %s"
            .formatted(cpu, target, LinuxCalls.text(errno)));
  }
}
