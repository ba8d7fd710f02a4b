package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Tracer;

/// What classes call around the entrance of monitors.
public final class MonitorHooks {
  private static final MonitorEvents EVENTS = Tracer.provider(MonitorEvents.class);

  // Shorter than this nobody held the monitor.
  private static final long LEAST_NS = Long.getLong("rideau.trace.monitorNs", 20_000);

  private MonitorHooks() {}

  /// Before a monitor is entered.
  ///
  /// @return the time, or 0 when nobody wants to know
  public static long before() {
    return EVENTS.monitor_waitEnabled() ? System.nanoTime() : 0;
  }

  /// The monitor was entered.
  public static void after(long before, Object monitor, String method) {
    if (before == 0) {
      return;
    }
    long waited = System.nanoTime() - before;
    if (waited >= LEAST_NS) {
      EVENTS.monitor_wait(method, monitor.getClass().getName(), waited);
    }
  }
}
