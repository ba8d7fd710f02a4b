package dev.rideau.cli.internal.top;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What lines are ordered by, with the key that chooses it.
public enum SortKey {
  CPU('c'),
  WAIT('w'),
  SYSCALLS('s'),
  DISK('d'),
  FILES('f'),
  NET('n'),
  IRQS('i');

  private final char key;

  SortKey(char key) {
    this.key = key;
  }

  /// The one that a key chooses, or null.
  static @Nullable SortKey of(char key) {
    for (SortKey each : values()) {
      if (each.key == key) {
        return each;
      }
    }
    return null;
  }

  /// The one with that name, or null.
  public static @Nullable SortKey named(String name) {
    for (SortKey each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    return null;
  }

  Comparator<Usage> order() {
    ToLongFunction<Usage> value =
        switch (this) {
          case CPU -> usage -> usage.cpuNs;
          case WAIT -> usage -> usage.waitNs;
          case SYSCALLS -> usage -> usage.syscalls;
          case DISK -> usage -> usage.diskBytes;
          case FILES -> usage -> usage.fileBytes;
          case NET -> usage -> usage.netBytes;
          case IRQS -> usage -> usage.irqNs;
        };
    return Comparator.comparingLong(value)
        .thenComparingLong(usage -> usage.cpuNs)
        .reversed()
        .thenComparingInt(usage -> usage.pid);
  }
}
