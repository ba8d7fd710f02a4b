package dev.rideau.ctf.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// What reading a small input may cost. An input that never ends is for the fuzzer itself, which
/// gives up after twenty minutes and writes the input down.
final class Limits {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// A few windows and what the fuzzer's own hooks take.
  private static final long MOST_BYTES = 64L << 20;

  /// Far above what any input of the fuzzer's length needs, also on a busy machine.
  private static final long MOST_SECONDS = 10;

  private Limits() {}

  /// Runs `task` and fails when it took too much.
  ///
  /// The first run loads classes, which the fuzzer rewrites on this thread. So one that took too
  /// much is run again.
  static void within(Runnable task) {
    String excess = excess(task);
    if (excess != null) {
      excess = excess(task);
    }
    if (excess != null) {
      throw new AssertionError(excess);
    }
  }

  private static @Nullable String excess(Runnable task) {
    long begin = System.nanoTime();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    task.run();
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    long seconds = (System.nanoTime() - begin) / 1_000_000_000;
    if (bytes > MOST_BYTES) {
      return "allocated %d MiB".formatted(bytes >> 20);
    }
    return seconds > MOST_SECONDS ? "took %d s".formatted(seconds) : null;
  }
}
