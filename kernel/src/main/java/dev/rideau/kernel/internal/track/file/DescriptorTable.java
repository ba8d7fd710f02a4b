package dev.rideau.kernel.internal.track.file;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The descriptors of a process, or of the processes and threads that share them.
final class DescriptorTable {
  /// The kernel allows no more by default; numbers above are not believed.
  private static final int MOST = 1 << 20;

  /// Index of a thread of the process that it belongs to.
  int owner;

  /// How many threads are known to have it.
  int threads;

  /// Whether the first thread of the process has ended.
  boolean isLeaderGone;

  /// Whether another process shares it.
  boolean isShared;

  /// Whether the state dump or a fork told of all that was open when the process became known.
  boolean isComplete;

  /// Whether a program was executed in it.
  boolean hasExecuted;

  /// Descriptors that were closed while it was not complete: what they are later is not older.
  private final BitSet closed = new BitSet();

  private @Nullable Descriptor[] byFd = new Descriptor[16];

  /// One above the highest descriptor that was ever open.
  private int end;

  DescriptorTable(int owner) {
    this.owner = owner;
  }

  static boolean isPossible(long fd) {
    return fd >= 0 && fd < MOST;
  }

  @Nullable Descriptor at(int fd) {
    return fd < end ? byFd[fd] : null;
  }

  void set(int fd, @Nullable Descriptor descriptor) {
    if (fd >= byFd.length) {
      byFd = Arrays.copyOf(byFd, Math.max(fd + 1, byFd.length * 2));
    }
    byFd[fd] = descriptor;
    end = Math.max(end, fd + 1);
  }

  void closed(int fd) {
    if (!isComplete) {
      closed.set(fd);
    }
  }

  boolean wasClosed(int fd) {
    return closed.get(fd);
  }

  /// Takes over what was closed in another one.
  void adoptClosed(DescriptorTable other) {
    closed.or(other.closed);
  }

  int end() {
    return end;
  }
}
