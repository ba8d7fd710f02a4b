package dev.rideau.tracer.internal.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// The agent of `-javaagent:rideau-tracer.jar=shop.*;monitors:shop.*;spans:shop.*`: events for
/// methods, waits for monitors, and calls of databases and HTTP, of these classes. Without patterns
/// it changes nothing.
public final class TracerAgent {
  private TracerAgent() {}

  /// Called by the JVM before the program.
  public static void premain(@Nullable String text, Instrumentation instrumentation) {
    AgentOptions options = AgentOptions.parse(text == null ? "" : text);
    if (!options.isEmpty()) {
      instrumentation.addTransformer(new ClassInstrumenter(options));
    }
  }
}
