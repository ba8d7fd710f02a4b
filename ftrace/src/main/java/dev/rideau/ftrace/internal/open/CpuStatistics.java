package dev.rideau.ftrace.internal.open;

import java.util.List;

/// The texts of `per_cpu/cpuN/stats`, as recorders keep them: `CPU: 1` and `name: value` lines.
final class CpuStatistics {
  private CpuStatistics() {}

  /// Events that the kernel refused because the buffer of the CPU was full.
  static long dropped(List<String> statistics, int cpu) {
    for (String text : statistics) {
      if (!text.startsWith("CPU: " + cpu + "\n")) {
        continue;
      }
      for (String line : text.split("\n", -1)) {
        if (line.startsWith("dropped events:")) {
          try {
            return Long.parseLong(line.substring("dropped events:".length()).strip());
          } catch (NumberFormatException _) {
            return 0;
          }
        }
      }
    }
    return 0;
  }
}
