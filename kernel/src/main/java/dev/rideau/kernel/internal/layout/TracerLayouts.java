package dev.rideau.kernel.internal.layout;

import dev.rideau.trace.Trace;
import org.jspecify.annotations.Nullable;

/// Finds the layout that fits a trace.
public final class TracerLayouts {
  private TracerLayouts() {}

  /// The layout of a kernel trace; null when the trace is of no kernel or of an unknown tracer.
  public static @Nullable TracerLayout of(Trace trace) {
    String tracer = trace.traceClass().environment().text("tracer_name");
    if (!isKernel(trace) || tracer == null) {
      return null;
    }
    return switch (tracer) {
      case "lttng-modules" -> LttngLayout.LAYOUT;
      case "ftrace", "perf" -> FtraceLayout.LAYOUT;
      default -> null;
    };
  }

  /// Whether the trace says that it is of a kernel.
  public static boolean isKernel(Trace trace) {
    return "kernel".equals(trace.traceClass().environment().text("domain"));
  }

  /// Architecture of the processors, as `uname -m` calls it; empty where the trace does not tell.
  public static String architecture(Trace trace) {
    String architecture = trace.traceClass().environment().text("architecture");
    return architecture == null ? "" : architecture;
  }
}
