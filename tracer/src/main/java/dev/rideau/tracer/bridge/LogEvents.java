package dev.rideau.tracer.bridge;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import org.jspecify.annotations.Nullable;

/// Log records as events, one event class for each level, so that rules by level apply.
@TraceProvider("log")
interface LogEvents {
  @TraceEvent(level = LogLevel.ERR)
  void error(
      @Field("logger") String logger,
      @Field(value = "message", limit = 2048) String message,
      @Field(value = "thrown", limit = 512) @Nullable String thrown);

  @TraceEvent(level = LogLevel.WARNING)
  void warning(
      @Field("logger") String logger,
      @Field(value = "message", limit = 2048) String message,
      @Field(value = "thrown", limit = 512) @Nullable String thrown);

  @TraceEvent(level = LogLevel.INFO)
  void info(
      @Field("logger") String logger,
      @Field(value = "message", limit = 2048) String message,
      @Field(value = "thrown", limit = 512) @Nullable String thrown);

  @TraceEvent(level = LogLevel.DEBUG)
  void debug(
      @Field("logger") String logger,
      @Field(value = "message", limit = 2048) String message,
      @Field(value = "thrown", limit = 512) @Nullable String thrown);

  boolean errorEnabled();

  boolean warningEnabled();

  boolean infoEnabled();

  boolean debugEnabled();
}
