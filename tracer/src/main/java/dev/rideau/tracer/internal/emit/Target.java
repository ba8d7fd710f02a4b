package dev.rideau.tracer.internal.emit;

import dev.rideau.tracer.internal.buffer.Stripes;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// A channel that wants the events of an instrumentation point. Immutable; targets of one point
/// form a list.
public final class Target {
  /// The buffers to write to.
  public final Stripes stripes;

  /// The event's id in the stream.
  public final int eventId;

  /// Whether the channel has the layout `ALIGNED`.
  public final boolean aligned;

  /// Takes the leaves and says whether the event is wanted; null: always.
  public final @Nullable MethodHandle filter;

  /// Writes the context; null when there is none.
  public final @Nullable ContextWriter context;

  /// The next target.
  public final @Nullable Target next;

  /// Makes a target in front of others.
  public Target(
      Stripes stripes,
      int eventId,
      boolean aligned,
      @Nullable MethodHandle filter,
      @Nullable ContextWriter context,
      @Nullable Target next) {
    this.stripes = stripes;
    this.eventId = eventId;
    this.aligned = aligned;
    this.filter = filter;
    this.context = context;
    this.next = next;
  }
}
