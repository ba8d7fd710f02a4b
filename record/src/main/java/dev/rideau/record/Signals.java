package dev.rideau.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Signals of the operating system, as far as the JVM lets a program have them.
///
/// Java has no public type for them; the one that every JVM has is reached by its name.
public final class Signals {
  private Signals() {}

  /// Has `action` run, in a thread of the JVM, each time the signal comes.
  ///
  /// @param name `INT`, `TERM`, `HUP`, `USR1`
  /// @return whether the JVM allows it
  public static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
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
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), made);
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException _) {
      return false;
    }
  }
}
