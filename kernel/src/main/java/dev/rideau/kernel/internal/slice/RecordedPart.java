package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.trace.Environment;
import dev.rideau.trace.Trace;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What of a machine a recording tells, as its environment says: `recorded_tids` with commas
/// between, `recorded_children` (`none`), `recorded_cpus`, and `recorded_switches`: `leaving` where
/// nobody tells when threads come to a CPU, `all` where the tracer itself tells both.
///
/// @param tids threads that the recording is restricted to; null when it is not
/// @param withChildren whether it tells of the children they get, too
/// @param cpus CPUs that it is restricted to, as text; null when it is not
/// @param tellsComing whether it tells when threads come to a CPU
/// @param hasTracerSwitches whether the tracer itself tells when threads come and leave
public record RecordedPart(
    @Nullable Set<Long> tids,
    boolean withChildren,
    @Nullable String cpus,
    boolean tellsComing,
    boolean hasTracerSwitches) {
  /// All of the machine.
  static final RecordedPart WHOLE = new RecordedPart(null, true, null, true, false);

  private static final String NUMBERS = "\\d{1,10}(,\\d{1,10})*";

  static RecordedPart of(Trace trace) {
    Environment environment = trace.traceClass().environment();
    String tids = numbers(environment, "recorded_tids");
    String switches = environment.text("recorded_switches");
    return new RecordedPart(
        tids == null
            ? null
            : Arrays.stream(tids.split(",", -1)).map(Long::valueOf).collect(Collectors.toSet()),
        !"none".equals(environment.text("recorded_children")),
        numbers(environment, "recorded_cpus"),
        !"leaving".equals(switches),
        "all".equals(switches));
  }

  private static @Nullable String numbers(Environment environment, String name) {
    Object value = environment.entries().get(name);
    String text = value == null ? "" : value.toString();
    return text.matches(NUMBERS) ? text : null;
  }

  boolean isPart() {
    return tids != null || cpus != null || !tellsComing;
  }

  /// Whether records of the tracer's own, taken for `use`, may be older than the tracing of events:
  /// of chosen tasks all begins at once.
  boolean isAside(@Nullable EventUse use) {
    boolean isSwitch = use != null && use.event() == ModelEvent.TRACER_SWITCH;
    return tids == null && !(hasTracerSwitches && isSwitch);
  }

  /// What a class is taken for that a layout takes for `use`, or null.
  @Nullable EventUse use(@Nullable EventUse use) {
    if (use != null && use.event() == ModelEvent.TRACER_SWITCH) {
      return hasTracerSwitches ? use : null;
    }
    if (use != null && use.event() == ModelEvent.TRACER_EXIT && tids != null) {
      return new EventUse(use.event(), EventUse.LEAVES);
    }
    return use;
  }

  /// What the tracer's own records of switches are taken for: of the whole machine those of the
  /// scheduler tell the same and more, of threads that were chosen they do not tell when these
  /// come.
  @Nullable EventUse beside(EventUse use, boolean hasSchedulerSwitches) {
    if (!hasSchedulerSwitches) {
      return use;
    }
    return tids == null ? null : new EventUse(use.event(), EventUse.COMES);
  }
}
