package dev.rideau.tracer.internal.agent;

import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agent of `-javaagent:rideau-tracer.jar=shop.*;db.Query`: events for the methods of these
/// classes. Without patterns it changes nothing.
public final class TracerAgent {
  private TracerAgent() {}

  /// Called by the JVM before the program.
  public static void premain(@Nullable String patterns, Instrumentation instrumentation) {
    if (patterns != null && !patterns.isBlank()) {
      instrumentation.addTransformer(new MethodInstrumenter(List.of(patterns.split(";"))));
    }
  }
}
