package dev.rideau.ftrace.internal.open;

import java.util.List;

/// What the kernel counted: the texts of `per_cpu/cpuN/stats`, as recorders keep them: `CPU: 1` and
/// `name: value` lines.
final class CpuStatistics {
  private CpuStatistics() {}

  /// Stands for a number that is not told.
  static final long UNKNOWN = -1;

  /// Events that the kernel refused because the buffer of the CPU was full, or [#UNKNOWN].
  static long dropped(List<String> statistics, int cpu) {
    return number(statistics, cpu, "dropped events:");
  }

  /// Events that were overwritten before they were read, or [#UNKNOWN].
  static long overrun(List<String> statistics, int cpu) {
    return number(statistics, cpu, "overrun:");
  }

  private static long number(List<String> statistics, int cpu, String name) {
    for (String text : statistics) {
      if (!text.startsWith("CPU: " + cpu + "\n")) {
        continue;
      }
      for (String line : text.split("\n", -1)) {
        if (line.startsWith(name)) {
          try {
            return Long.parseLong(line.substring(name.length()).strip());
          } catch (NumberFormatException _) {
            return UNKNOWN;
          }
        }
      }
    }
    return UNKNOWN;
  }
}
