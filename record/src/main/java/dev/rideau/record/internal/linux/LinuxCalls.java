package dev.rideau.record.internal.linux;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

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
  public static final int SIGUSR1 = 10;

  private static final int F_SETPIPE_SZ = 1031;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN = call("open", INT, POINTER, INT, INT);
  private static final MethodHandle CLOSE = call("close", INT, INT);
  private static final MethodHandle READ = call("read", LONG, INT, POINTER, LONG);
  private static final MethodHandle WRITE = call("write", LONG, INT, POINTER, LONG);
  private static final MethodHandle SPLICE =
      call("splice", LONG, INT, POINTER, INT, POINTER, LONG, INT);
  private static final MethodHandle POLL = call("poll", INT, POINTER, LONG, INT);
  private static final MethodHandle PIPE = call("pipe2", INT, POINTER, INT);
  private static final MethodHandle FCNTL = call("fcntl", INT, INT, INT, LONG);
  private static final MethodHandle KILL = call("kill", INT, INT, INT);

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

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    // open and fcntl take a variable number of arguments; on Linux that changes nothing for
    // integers
    // behind the fixed ones, on the architectures that Java 25 knows but for the count in al.
    Linker.Option[] options =
        switch (name) {
          case "open", "fcntl" ->
              new Linker.Option[] {
                Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(2)
              };
          default -> new Linker.Option[] {Linker.Option.captureCallState("errno")};
        };
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(result, arguments),
        options);
  }

  /// The error number of the call before, meaningful when it returned -1.
  public int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  /// `open(2)`.
  public int open(String path, int flags, int mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags, mode);
      if (fd < 0) {
        throw new IOException(path + ": " + text(errno()));
      }
      return fd;
    } catch (IOException failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `close(2)`; what it says is of no interest.
  public void close(int fd) {
    try {
      int _ = (int) CLOSE.invokeExact(state, fd);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `read(2)`.
  public long read(int fd, MemorySegment target, long length) {
    try {
      return (long) READ.invokeExact(state, fd, target, length);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `write(2)`.
  public long write(int fd, MemorySegment source, long length) {
    try {
      return (long) WRITE.invokeExact(state, fd, source, length);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `splice(2)` at the current positions.
  public long splice(int from, int to, long length, int flags) {
    try {
      return (long)
          SPLICE.invokeExact(
              state, from, MemorySegment.NULL, to, MemorySegment.NULL, length, flags);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `poll(2)` for one file to read from.
  ///
  /// @return above 0 when there is something
  public int pollIn(int fd, int timeoutMs) {
    pollEntry.set(INT, 0, fd);
    pollEntry.set(ValueLayout.JAVA_SHORT, 4, (short) POLLIN);
    pollEntry.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    try {
      return (int) POLL.invokeExact(state, pollEntry, 1L, timeoutMs);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `pipe2(2)` with room for `bytes`, or for less where that is not allowed.
  ///
  /// @return the end to read from and the end to write to
  public int[] pipe(int bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(8, 4);
      if ((int) PIPE.invokeExact(state, ends, O_CLOEXEC) != 0) {
        throw new IOException("a pipe cannot be made: " + text(errno()));
      }
      int[] pipe = {ends.get(INT, 0), ends.get(INT, 4)};
      int _ = (int) FCNTL.invokeExact(state, pipe[1], F_SETPIPE_SZ, (long) bytes);
      return pipe;
    } catch (IOException failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// `kill(2)`.
  public boolean kill(int pid, int signal) {
    try {
      return (int) KILL.invokeExact(state, pid, signal) == 0;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
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
