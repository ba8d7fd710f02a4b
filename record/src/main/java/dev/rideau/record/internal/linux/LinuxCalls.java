package dev.rideau.record.internal.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The few system calls of Linux that Java has no method for. Stateless; every call says which
/// arguments it takes as the manual page of the call does.
public final class LinuxCalls {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_CREAT = 0x40;
  public static final int O_TRUNC = 0x200;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;
  public static final int SPLICE_F_MOVE = 1;
  public static final int SPLICE_F_NONBLOCK = 2;
  public static final int POLLIN = 1;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int ENOSPC = 28;
  public static final int SIGINT = 2;
  public static final int SIGUSR1 = 10;

  private static final int F_SETPIPE_SZ = 1031;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  /// All calls have the same shape, six words in and one out, because each shape that is linked
  /// costs tens of milliseconds of processor time. By the calling conventions of x86-64, AArch64
  /// and RISC-V a function takes the words that it declares from the first registers, looks only at
  /// the half of a word that it declares, and leaves the others alone.
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG),
          Linker.Option.captureCallState("errno"));

  private static final MemorySegment OPEN = function("open");
  private static final MemorySegment CLOSE = function("close");
  private static final MemorySegment READ = function("read");
  private static final MemorySegment WRITE = function("write");
  private static final MemorySegment SPLICE = function("splice");
  private static final MemorySegment POLL = function("poll");
  private static final MemorySegment PIPE = function("pipe2");
  private static final MemorySegment FCNTL = function("fcntl");
  private static final MemorySegment KILL = function("kill");
  private static final MemorySegment SIGNAL = function("signal");

  /// Where the kernel's error numbers go; one per thread, for as long as the thread lives.
  private final MemorySegment state;

  private final MemorySegment pollEntry;

  /// Calls for one thread.
  ///
  /// @param arena lives as long as the calls are used
  public LinuxCalls(Arena arena) {
    state = arena.allocate(STATE);
    pollEntry = arena.allocate(8, 8);
  }

  private static MemorySegment function(String name) {
    return LINKER.defaultLookup().find(name).orElseThrow();
  }

  private long call(MemorySegment function, long... words) {
    try {
      return (long)
          CALL.invokeExact(
              function,
              state,
              word(words, 0),
              word(words, 1),
              word(words, 2),
              word(words, 3),
              word(words, 4),
              word(words, 5));
    } catch (Throwable impossible) {
      // Functions of C throw nothing.
      throw new AssertionError(impossible);
    }
  }

  private static long word(long[] words, int index) {
    return index < words.length ? words[index] : 0;
  }

  /// The error number of the call before, meaningful when it returned -1.
  public int errno() {
    return state.get(INT, ERRNO_OFFSET);
  }

  /// `open(2)`.
  public int open(String path, int flags, int mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = (int) call(OPEN, arena.allocateFrom(path).address(), flags, mode);
      if (fd < 0) {
        throw new IOException(path + ": " + text(errno()));
      }
      return fd;
    }
  }

  /// `close(2)`; what it says is of no interest.
  public void close(int fd) {
    call(CLOSE, fd);
  }

  /// `read(2)`.
  public long read(int fd, MemorySegment target, long length) {
    return call(READ, fd, target.address(), Math.min(length, target.byteSize()));
  }

  /// `write(2)`.
  public long write(int fd, MemorySegment source, long length) {
    return call(WRITE, fd, source.address(), Math.min(length, source.byteSize()));
  }

  /// `splice(2)` at the current positions.
  public long splice(int from, int to, long length, int flags) {
    return call(SPLICE, from, 0, to, 0, length, flags);
  }

  /// `poll(2)` for one file to read from.
  ///
  /// @return above 0 when there is something
  public int pollIn(int fd, int timeoutMs) {
    pollEntry.set(INT, 0, fd);
    pollEntry.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
    pollEntry.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    return (int) call(POLL, pollEntry.address(), 1, timeoutMs);
  }

  /// `pipe2(2)` with room for `bytes`, or for less where that is not allowed.
  ///
  /// @return the end to read from and the end to write to
  public int[] pipe(int bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(8, 4);
      if ((int) call(PIPE, ends.address(), O_CLOEXEC) != 0) {
        throw new IOException("a pipe cannot be made: " + text(errno()));
      }
      int[] pipe = {ends.get(INT, 0), ends.get(INT, 4)};
      call(FCNTL, pipe[1], F_SETPIPE_SZ, bytes);
      return pipe;
    }
  }

  /// `kill(2)`.
  public boolean kill(int pid, int signal) {
    return (int) call(KILL, pid, signal) == 0;
  }

  /// `signal(2)` with `SIG_DFL`: the kernel does with the signal what it does if nobody says more.
  public void resetSignal(int signal) {
    call(SIGNAL, signal, 0);
  }

  /// An error number in words.
  public static String text(int errno) {
    return switch (errno) {
      case 1 -> "operation not permitted";
      case 2 -> "there is no such file";
      case 13 -> "permission denied";
      case 16 -> "it is in use";
      case 19 -> "there is no such device";
      case ENOSPC -> "no space left on the disk";
      case 24 -> "too many open files";
      case 30 -> "the file system is read-only";
      default -> "error " + errno;
    };
  }
}
