package dev.rideau.kernel.internal.layout;

import dev.rideau.trace.Environment;
import dev.rideau.trace.Trace;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the layout that fits a trace.
public final class TracerLayouts {
  private static final Pattern AMD64 = Pattern.compile("[-.](amd64|x86_64)(?!\\w)");
  private static final Pattern ARM64 = Pattern.compile("[-.](arm64|aarch64)(?!\\w)");

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
  /// LTTng does not, but distributions name their kernels by it.
  public static String architecture(Trace trace) {
    Environment environment = trace.traceClass().environment();
    String architecture = environment.text("architecture");
    if (architecture != null) {
      return architecture;
    }
    String kernel = environment.text("kernel_release");
    if (kernel == null) {
      return "";
    }
    return AMD64.matcher(kernel).find() ? "x86_64" : ARM64.matcher(kernel).find() ? "aarch64" : "";
  }
}
