package dev.rideau.kernel;

import dev.rideau.kernel.internal.layout.FtraceLayout;
import dev.rideau.kernel.internal.layout.LttngLayout;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.TracerLayout;
import org.jspecify.annotations.Nullable;

/// What tracers call the events of the model, for people who have to switch them on.
public final class EventNames {
  private EventNames() {}

  /// The tracer's own name of an event, with `*` for what is not fixed; that of the model when the
  /// tracer or the event is not known.
  ///
  /// @param tracer as in the row `tracer` of the table `recording`; null for an unknown one
  /// @param modelEvent as in the column `used_as` of the table `event_class`
  public static String of(@Nullable String tracer, String modelEvent) {
    TracerLayout layout =
        tracer == null
            ? null
            : tracer.startsWith(LttngLayout.LAYOUT.name())
                ? LttngLayout.LAYOUT
                : tracer.startsWith("ftrace") || tracer.startsWith("perf")
                    ? FtraceLayout.LAYOUT
                    : null;
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
}
