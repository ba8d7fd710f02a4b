package dev.rideau.tracer.internal.session;

import dev.rideau.tracer.TraceSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// The open sessions; closes them when the program ends.
public final class Sessions {
  private static final List<TraceSession> OPEN = new CopyOnWriteArrayList<>();
  private static final AtomicBoolean HOOKED = new AtomicBoolean();

  private Sessions() {}

  /// Takes note of a session.
  public static void add(TraceSession session) {
    OPEN.add(session);
    if (!HOOKED.getAndSet(true)) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("rideau-tracer-exit").unstarted(Sessions::end));
    }
  }

  /// Forgets a session.
  public static void remove(TraceSession session) {
    OPEN.remove(session);
  }

  /// The open sessions, in the order in which they were made.
  public static List<TraceSession> open() {
    return List.copyOf(OPEN);
  }

  private static void end() {
    new ArrayList<>(OPEN).forEach(TraceSession::close);
  }
}
