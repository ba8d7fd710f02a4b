package dev.rideau.perf.internal.file;

import java.util.List;

/// Names of events that carry none in the file: those that perf itself uses.
final class GenericNames {
  private static final List<String> HARDWARE =
      List.of(
          "cycles",
          "instructions",
          "cache-references",
          "cache-misses",
          "branches",
          "branch-misses",
          "bus-cycles",
          "stalled-cycles-frontend",
          "stalled-cycles-backend",
          "ref-cycles");

  private static final List<String> SOFTWARE =
      List.of(
          "cpu-clock",
          "task-clock",
          "page-faults",
          "context-switches",
          "cpu-migrations",
          "minor-faults",
          "major-faults",
          "alignment-faults",
          "emulation-faults",
          "dummy",
          "bpf-output",
          "cgroup-switches");

  private GenericNames() {}

  static String of(PerfAttr attr) {
    return switch (attr.type()) {
      case 0 -> of(HARDWARE, "hardware", attr);
      case 1 -> of(SOFTWARE, "software", attr);
      case PerfAttr.TRACEPOINT -> "tracepoint-" + Long.toUnsignedString(attr.config());
      case 3 -> "cache-0x" + Long.toHexString(attr.config());
      case 4 -> "raw-0x" + Long.toHexString(attr.config());
      case 5 -> "breakpoint";
      default -> "event-%d-0x%x".formatted(attr.type(), attr.config());
    };
  }

  private static String of(List<String> names, String otherwise, PerfAttr attr) {
    long config = attr.config();
    return config >= 0 && config < names.size()
        ? names.get((int) config)
        : otherwise + "-0x" + Long.toHexString(config);
  }
}
