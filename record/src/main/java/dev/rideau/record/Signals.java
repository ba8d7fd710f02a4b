package dev.rideau.record;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Signals of the operating system, as far as the JVM lets a program have them.
///
/// Java has no public type for them; the one that every JVM has is reached by its name.
public final class Signals {
  /// By signal, what the JVM did with it before we came.
  private static final Map<String, Object> BEFORE = new ConcurrentHashMap<>();

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
