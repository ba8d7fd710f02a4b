package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;

/// Monitors that somebody else held.
@TraceProvider("java")
interface MonitorEvents {
  /// The monitor was entered after a wait.
  @TraceEvent(level = LogLevel.DEBUG_FUNCTION)
  void monitor_wait(
      @Field("method") String method,
      @Field("class_name") String className,
      @Field("duration_ns") long durationNs);

  boolean monitor_waitEnabled();
}
