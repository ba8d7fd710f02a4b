package dev.rideau.tracer.internal.output;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the kernel calls the current thread, and where it runs.
///
/// Java does not tell. The C library does, if the JVM lets us call it
/// (`--enable-native-access=ALL-UNNAMED` spares the warning); `/proc` tells the id of a platform
/// thread too, once and slowly.
final class KernelThread {
  private static final @Nullable MethodHandle GETTID = find("gettid");
  private static final @Nullable MethodHandle GETCPU = find("sched_getcpu");
  private static final ThreadLocal<Integer> IDS = ThreadLocal.withInitial(KernelThread::readId);

  private KernelThread() {}

  private static @Nullable MethodHandle find(String function) {
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find(function)
          .map(address ->
              linker.downcallHandle(
                  address,
                  FunctionDescriptor.of(ValueLayout.JAVA_INT),
                  Linker.Option.critical(false)))
          .orElse(null);
    } catch (RuntimeException | LinkageError refused) {
      return null;
    }
  }

  /// The kernel's thread id; 0 when it cannot be known.
  static int id() {
    // A virtual thread changes its carrier; a platform thread never changes its id.
    return Thread.currentThread().isVirtual() ? call(GETTID, 0) : IDS.get();
  }

  /// The processor; -1 when it cannot be known.
  static int cpu() {
    return call(GETCPU, -1);
  }

  private static int call(@Nullable MethodHandle function, int otherwise) {
    if (function == null) {
      return otherwise;
    }
    try {
      return (int) function.invokeExact();
    } catch (Throwable impossible) {
      return otherwise;
    }
  }

  private static int readId() {
    int id = call(GETTID, 0);
    if (id != 0) {
      return id;
    }
    try {
      Path link = Files.readSymbolicLink(Path.of("/proc/thread-self"));
      return Integer.parseInt(link.getFileName().toString());
    } catch (IOException | NumberFormatException absent) {
      return 0;
    }
  }
}
