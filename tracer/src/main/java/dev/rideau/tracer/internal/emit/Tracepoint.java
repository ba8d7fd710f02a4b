package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.schema.EventShape;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An instrumentation point: one event class of the program, and who records it.
///
/// Whether it is enabled is a constant of a call site: compiled code of a disabled event contains
/// no test and no call. Enabling throws such code away and compiles anew.
public final class Tracepoint {
  private static final MethodHandle DISABLED = MethodHandles.constant(boolean.class, false);
  private static final MethodHandle ENABLED = MethodHandles.constant(boolean.class, true);
  private static final AtomicLong FAILURES = new AtomicLong();

  private final EventShape shape;
  private final MutableCallSite enabled = new MutableCallSite(DISABLED);

  private boolean isEnabled;

  /// First of the channels that want it; read by serialisers without synchronisation, since targets
  /// are immutable.
  public @Nullable Target targets;

  /// Makes a disabled point.
  public Tracepoint(EventShape shape) {
    this.shape = shape;
  }

  /// What its events look like.
  public EventShape shape() {
    return shape;
  }

  /// Sets who records the events. Calls must not overlap.
  public void retarget(@Nullable Target first) {
    boolean wanted = first != null;
    if (wanted) {
      targets = first;
    }
    if (isEnabled != wanted) {
      isEnabled = wanted;
      enabled.setTarget(wanted ? ENABLED : DISABLED);
      MutableCallSite.syncAll(new MutableCallSite[] {enabled});
    }
    if (first == null) {
      targets = null;
    }
  }

  /// Links the question whether a point is enabled; called by generated classes, whose class data
  /// are a list of points.
  public static CallSite enabled(
      MethodHandles.Lookup caller, String name, MethodType type, int index)
      throws IllegalAccessException {
    return MethodHandles.classDataAt(caller, "_", Tracepoint.class, index).enabled;
  }

  /// Counts an event that failed before it reached a buffer, for instance because an accessor of
  /// the program threw.
  public static void failed() {
    FAILURES.getAndIncrement();
  }

  /// Events that failed before they reached a buffer.
  public static long failures() {
    return FAILURES.get();
  }
}
