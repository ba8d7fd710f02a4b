package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.TraceSession;
import dev.rideau.tracer.Tracer;
import dev.rideau.tracer.internal.session.Sessions;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agent of `-javaagent:rideau-tracer.jar=shop.*;monitors:shop.*;spans:shop.*`: events for
/// methods, waits for monitors, and calls of databases and HTTP, of these classes. Without patterns
/// it changes nothing. The program can be controlled from outside from then on.
///
/// A running program takes it by `jcmd PID JVMTI.agent_load /path/rideau-tracer.jar …`: for methods
/// of all classes and the rest of those that are loaded later, or to write a snapshot.
public final class TracerAgent {
  private static final String SNAPSHOT = "snapshot";

  private TracerAgent() {}

  /// Called by the JVM before the program.
  public static void premain(@Nullable String text, Instrumentation instrumentation) {
    start(text, List.of(), instrumentation);
  }

  private static void start(
      @Nullable String text, List<Class<?>> loaded, Instrumentation instrumentation) {
    AgentOptions options = AgentOptions.parse(text == null ? "" : text);
    for (String fault : options.faults()) {
      System.getLogger("dev.rideau.tracer")
          .log(
              System.Logger.Level.ERROR,
              "an option of the agent makes no sense: options={0}, reason={1}",
              text,
              fault);
    }
    if (!options.isEmpty()) {
      instrumentation.addTransformer(new ClassInstrumenter(options));
      LoadedClasses.change(instrumentation, loaded, options);
    }
    Tracer.openControl();
  }

  /// Called by the JVM in a running program.
  ///
  /// @param text as for [#premain], or `snapshot`, or `snapshot:SESSION`
  public static void agentmain(@Nullable String text, Instrumentation instrumentation)
      throws IOException {
    String wanted = text == null ? "" : text.strip();
    if (!wanted.equals(SNAPSHOT) && !wanted.startsWith(SNAPSHOT + ":")) {
      start(text, List.of(instrumentation.getAllLoadedClasses()), instrumentation);
      return;
    }
    for (TraceSession session : Sessions.open()) {
      if (wanted.equals(SNAPSHOT) || wanted.equals(SNAPSHOT + ":" + session.name())) {
        session.snapshot();
      }
    }
  }
}
