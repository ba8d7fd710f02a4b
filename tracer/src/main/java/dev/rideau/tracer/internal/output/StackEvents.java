package dev.rideau.tracer.internal.output;

import dev.rideau.tracer.Field;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceEvent;
import dev.rideau.tracer.TraceProvider;
import dev.rideau.tracer.Tracer;
import java.util.function.BiConsumer;

/// Tells what the numbers of stack traces mean.
public final class StackEvents {
  /// Name of the event.
  public static final String NAME = "rideau:stack";

  private static final int MOST_BYTES = 16 * 1024;

  /// The event: number and frames, innermost first, one a line.
  @TraceProvider("rideau")
  interface Provider {
    @TraceEvent(level = LogLevel.DEBUG)
    void stack(
        @Field(value = "stack", unsigned = true) int stack,
        @Field(value = "frames", limit = MOST_BYTES) String frames);
  }

  private StackEvents() {}

  /// Records the event in all sessions that want it.
  public static BiConsumer<Integer, String> definer() {
    Provider provider = Tracer.provider(Provider.class);
    return provider::stack;
  }
}
