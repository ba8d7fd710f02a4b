package dev.rideau.kernel;

import dev.rideau.kernel.internal.layout.FtraceLayout;
import dev.rideau.kernel.internal.layout.LttngLayout;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.TracerLayout;
import org.jspecify.annotations.Nullable;

/// What tracers call their events, for those who have to switch them on or copy them.
public final class EventNames {
  private EventNames() {}

  /// The tracer's own name of an event, with `*` for what is not fixed; that of the model when the
  /// tracer or the event is not known.
  ///
  /// @param tracer as in the row `tracer` of the table `recording`; null for an unknown one
  /// @param modelEvent as in the column `used_as` of the table `event_class`
  public static String of(@Nullable String tracer, String modelEvent) {
    TracerLayout layout = layout(tracer);
    if (layout != null) {
      for (ModelEvent event : ModelEvent.values()) {
        String name = event.text().equals(modelEvent) ? layout.usualName(event) : null;
        if (name != null) {
          return name;
        }
      }
    }
    return modelEvent;
  }

  /// Whether tracing itself makes the records of an event, also before the recording begins.
  ///
  /// @param tracer as for [#of]
  /// @param name the tracer's own name of the event
  public static boolean isAside(@Nullable String tracer, String name) {
    TracerLayout layout = layout(tracer);
    return layout != null && layout.isAside(name);
  }

  private static @Nullable TracerLayout layout(@Nullable String tracer) {
    if (tracer == null) {
      return null;
    }
    if (tracer.startsWith(LttngLayout.LAYOUT.name())) {
      return LttngLayout.LAYOUT;
    }
    return tracer.startsWith("ftrace") || tracer.startsWith("perf") ? FtraceLayout.LAYOUT : null;
  }
}
