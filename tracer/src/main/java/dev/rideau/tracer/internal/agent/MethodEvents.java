package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;

/// Methods that begin, return, and end with an exception.
@TraceProvider("java")
interface MethodEvents {
  @TraceEvent(level = LogLevel.DEBUG_FUNCTION)
  void method_enter(@Field("method") String method);

  @TraceEvent(level = LogLevel.DEBUG_FUNCTION)
  void method_exit(@Field("method") String method);

  @TraceEvent(level = LogLevel.NOTICE)
  void method_throw(@Field("method") String method, @Field("thrown") String thrown);
}
