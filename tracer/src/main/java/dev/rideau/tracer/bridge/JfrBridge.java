package dev.rideau.tracer.bridge;

import dev.rideau.tracer.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/// Streams events of the JVM into the trace: garbage collections, pauses, safepoints, parked
/// threads, contended monitors, pinned virtual threads; provider `jvm`. What the tracer's own
/// threads wait for is left out.
///
/// The JVM's flight recorder writes them once a second to a repository of its own, from where they
/// are read; so they arrive late, and the last ones only with [#close()].
public final class JfrBridge implements AutoCloseable {
  private static final JvmEvents EVENTS = Tracer.provider(JvmEvents.class);
  private static final Set<String> OUR_THREADS =
      Set.of("rideau-tracer", "rideau-tracer-control", "rideau-flight-recorder");
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final RecordingStream stream = new RecordingStream();
  // From the Unix epoch to the zero of System.nanoTime.
  private final long clockOffset = clockOffset();

  /// Starts to stream.
  ///
  /// @param threshold waits and pauses shorter than this are left out
  public JfrBridge(Duration threshold) {
    stream.setReuse(true);
    stream.setOrdered(true);
    stream.enable("jdk.GarbageCollection");
    stream.onEvent("jdk.GarbageCollection", this::collection);
    stream.enable("jdk.GCPhasePause");
    stream.onEvent("jdk.GCPhasePause", this::pause);
    stream.enable("jdk.SafepointBegin");
    stream.onEvent("jdk.SafepointBegin", this::safepoint);
    stream.enable("jdk.ThreadPark").withThreshold(threshold).withoutStackTrace();
    stream.onEvent("jdk.ThreadPark", this::park);
    stream.enable("jdk.JavaMonitorEnter").withThreshold(threshold).withoutStackTrace();
    stream.onEvent("jdk.JavaMonitorEnter", this::monitorEnter);
    stream.enable("jdk.JavaMonitorWait").withThreshold(threshold).withoutStackTrace();
    stream.onEvent("jdk.JavaMonitorWait", this::monitorWait);
    stream.enable("jdk.VirtualThreadPinned").withThreshold(threshold).withoutStackTrace();
    stream.onEvent("jdk.VirtualThreadPinned", this::pinned);
    stream.startAsync();
  }

  private static long clockOffset() {
    long before = System.nanoTime();
    Instant now = Instant.now();
    long after = System.nanoTime();
    return nanos(now) - (before + (after - before) / 2);
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
  }

  private long begin(RecordedEvent event) {
    return nanos(event.getStartTime()) - clockOffset;
  }

  private static long duration(RecordedEvent event) {
    return event.getDuration().toNanos();
  }

  private void collection(RecordedEvent event) {
    EVENTS.gc(
        begin(event),
        duration(event),
        event.getLong("gcId"),
        text(event, "name"),
        text(event, "cause"),
        event.getDuration("longestPause").toNanos());
  }

  private void pause(RecordedEvent event) {
    EVENTS.pause(begin(event), duration(event), event.getLong("gcId"), text(event, "name"));
  }

  private void safepoint(RecordedEvent event) {
    EVENTS.safepoint(
        begin(event),
        duration(event),
        event.getLong("safepointId"),
        event.getInt("totalThreadCount"));
  }

  // The tracer's thread parks between two looks at the buffers: a flood that tells nothing.
  private static boolean isOfTheTracer(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    String name = thread == null ? null : thread.getJavaName();
    return name != null && OUR_THREADS.contains(name);
  }

  private void park(RecordedEvent event) {
    if (isOfTheTracer(event)) {
      return;
    }
    EVENTS.park(
        begin(event),
        duration(event),
        javaThread(event),
        kernelThread(event),
        type(event, "parkedClass"));
  }

  private void monitorEnter(RecordedEvent event) {
    EVENTS.monitor_enter(
        begin(event),
        duration(event),
        javaThread(event),
        kernelThread(event),
        type(event, "monitorClass"));
  }

  private void monitorWait(RecordedEvent event) {
    if (isOfTheTracer(event)) {
      return;
    }
    EVENTS.monitor_wait(
        begin(event),
        duration(event),
        javaThread(event),
        kernelThread(event),
        type(event, "monitorClass"));
  }

  private void pinned(RecordedEvent event) {
    EVENTS.pinned(begin(event), duration(event), javaThread(event), kernelThread(event));
  }

  private static String text(RecordedEvent event, String field) {
    String value = event.hasField(field) ? event.getString(field) : null;
    return value == null ? "" : value;
  }

  private static String type(RecordedEvent event, String field) {
    RecordedClass type = event.hasField(field) ? event.getClass(field) : null;
    return type == null ? "" : type.getName();
  }

  private static long javaThread(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    return thread == null ? -1 : thread.getJavaThreadId();
  }

  private static int kernelThread(RecordedEvent event) {
    RecordedThread thread = event.getThread();
    return thread == null ? 0 : (int) thread.getOSThreadId();
  }

  /// Reads what the JVM has told so far, and stops.
  @Override
  public void close() {
    stream.stop();
    stream.close();
  }
}
