package dev.rideau.record;

import dev.rideau.record.internal.linux.LinuxCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Signals of the operating system, as far as the JVM lets a program have them.
///
/// Java has no public type for them; the one that every JVM has is reached by its name.
public final class Signals {
  /// By signal, what the JVM did with it before we came.
  private static final Map<String, Object> BEFORE = new ConcurrentHashMap<>();

  /// In `/proc/PID/status`, behind it a bit for each signal that is ignored.
  private static final String IGNORED = "SigIgn:";

  private static final long INTERRUPT = 1L << LinuxCalls.SIGINT - 1;

  private Signals() {}

  /// Has `action` run, in a thread of the JVM, each time the signal comes.
  ///
  /// @param name `INT`, `TERM`, `HUP`, `USR1`
  /// @return whether the JVM allows it
  public static boolean handle(String name, Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object made =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "handle" -> action.run();
                  case "equals" -> {
                    return System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                  }
                  case "hashCode" -> {
                    return System.identityHashCode(self);
                  }
                  default -> {
                    return name;
                  }
                }
                return null;
              });
      Object before = set(name, made);
      if (before != null) {
        BEFORE.putIfAbsent(name, before);
      }
      return true;
    } catch (ReflectiveOperationException _) {
      return false;
    }
  }

  /// Has an ignored `INT` ended. A shell has it ignored in what a script runs in the background,
  /// and the JVM leaves it so; but a recorder is ended by it, as perf and trace-cmd are.
  public static void heedInterrupt() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(IGNORED)
            && (Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16) & INTERRUPT)
                != 0) {
          try (Arena arena = Arena.ofConfined()) {
            new LinuxCalls(arena).resetSignal(LinuxCalls.SIGINT);
          }
        }
      }
    } catch (IOException | NumberFormatException _) {
      // Without /proc it stays as it is.
    }
  }

  /// Has the JVM do with the signal what it did before [#handle].
  public static void restore(String name) {
    Object before = BEFORE.remove(name);
    if (before != null) {
      try {
        set(name, before);
      } catch (ReflectiveOperationException _) {
        // It could be set once, so it can again.
      }
    }
  }

  /// @return the handler before
  private static @Nullable Object set(String name, Object handler)
      throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }
}
