package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;

/// Requests that are made, and requests that are served.
@TraceProvider("http")
interface HttpEvents {
  @TraceEvent(level = LogLevel.DEBUG_PROGRAM)
  void client_begin(@Field("id") long id, @Field(value = "request", limit = 512) String request);

  @TraceEvent(level = LogLevel.DEBUG_PROGRAM)
  void client_end(
      @Field("id") long id, @Field("status") int status, @Field("thrown") String thrown);

  boolean client_beginEnabled();

  @TraceEvent(level = LogLevel.INFO)
  void server_begin(@Field("id") long id, @Field(value = "path", limit = 512) String path);

  @TraceEvent(level = LogLevel.INFO)
  void server_end(@Field("id") long id, @Field("thrown") String thrown);

  boolean server_beginEnabled();
}
