package dev.rideau.tracer.bridge;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;

/// What the JVM tells through its flight recorder, as events. The JVM tells a second late, so the
/// record's own time is that of the telling; `begin_ns` is when it began, on the trace's clock.
@TraceProvider("jvm")
interface JvmEvents {
  @TraceEvent(level = LogLevel.INFO)
  void gc(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("id") long id,
      @Field("name") String name,
      @Field("cause") String cause,
      @Field("longest_pause_ns") long longestPauseNs);

  @TraceEvent(level = LogLevel.INFO)
  void pause(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("gc_id") long gcId,
      @Field("name") String name);

  @TraceEvent(level = LogLevel.INFO)
  void safepoint(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("id") long id,
      @Field("threads") int threads);

  @TraceEvent(level = LogLevel.DEBUG)
  void park(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("java_thread_id") long javaThreadId,
      @Field("vtid") int kernelThreadId,
      @Field("class_name") String className);

  @TraceEvent(level = LogLevel.DEBUG)
  void monitor_enter(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("java_thread_id") long javaThreadId,
      @Field("vtid") int kernelThreadId,
      @Field("class_name") String className);

  @TraceEvent(level = LogLevel.DEBUG)
  void monitor_wait(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("java_thread_id") long javaThreadId,
      @Field("vtid") int kernelThreadId,
      @Field("class_name") String className);

  @TraceEvent(level = LogLevel.NOTICE)
  void pinned(
      @Field("begin_ns") long beginNs,
      @Field("duration_ns") long durationNs,
      @Field("java_thread_id") long javaThreadId,
      @Field("vtid") int kernelThreadId);
}
