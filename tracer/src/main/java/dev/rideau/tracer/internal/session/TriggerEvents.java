package dev.rideau.tracer.internal.session;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.Tracer;

/// Tells in the trace why a snapshot was taken.
public final class TriggerEvents {
  /// Name of the event.
  public static final String NAME = "rideau:trigger";

  private static final Provider PROVIDER = Tracer.provider(Provider.class);

  /// The event.
  @TraceProvider("rideau")
  interface Provider {
    @TraceEvent(level = LogLevel.NOTICE)
    void trigger(@Field("reason") String reason);
  }

  private TriggerEvents() {}

  /// Records the event.
  public static void record(String reason) {
    PROVIDER.trigger(reason);
  }
}
