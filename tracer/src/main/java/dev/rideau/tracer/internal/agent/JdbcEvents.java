package dev.rideau.tracer.internal.agent;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;

/// Calls of databases.
@TraceProvider("jdbc")
interface JdbcEvents {
  @TraceEvent(level = LogLevel.DEBUG_PROGRAM)
  void query_begin(@Field("id") long id, @Field(value = "text", limit = 1024) String text);

  @TraceEvent(level = LogLevel.DEBUG_PROGRAM)
  void query_end(@Field("id") long id, @Field("thrown") String thrown);

  boolean query_beginEnabled();
}
