package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.layout.TracerLayouts;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The data streams of a machine: which are tracked, and what their event classes are taken for.
public final class KernelStreams {
  private final List<DataStream> tracked = new ArrayList<>();
  private final List<DataStream> others = new ArrayList<>();

  /// By identity: to compare classes means to compare all of their metadata.
  private final Map<DataStreamClass, @Nullable EventUse[]> uses = new IdentityHashMap<>();

  /// Events that tell what is so until the next of them: some of them alone tell nothing true.
  private static final Set<ModelEvent> LASTING =
      EnumSet.of(ModelEvent.SCHED_SWITCH, ModelEvent.CPU_IDLE, ModelEvent.CPU_FREQUENCY);

  private final Set<String> partiallyRecorded = new TreeSet<>();

  private final Set<ModelEvent> recorded = EnumSet.noneOf(ModelEvent.class);

  /// @param streams in the order that breaks ties
  public KernelStreams(List<DataStream> streams) {
    for (DataStream stream : streams) {
      TracerLayout layout = TracerLayouts.of(stream.trace());
      if (layout == null) {
        others.add(stream);
      } else {
        tracked.add(stream);
        addUses(stream, layout);
      }
    }
  }

  private void addUses(DataStream stream, TracerLayout layout) {
    DataStreamClass streamClass = stream.dataStreamClass();
    Set<String> partial = partialEvents(stream.trace());
    if (uses.containsKey(streamClass)) {
      return;
    }
    List<EventClass> classes = streamClass.eventClasses();
    @Nullable EventUse[] found = new EventUse[classes.size()];
    boolean[] general = new boolean[classes.size()];
    Set<ModelEvent> special = EnumSet.noneOf(ModelEvent.class);
    RecordedPart part = RecordedPart.of(stream.trace());
    for (EventClass each : classes) {
      String name = each.name();
      EventUse use = name == null ? null : part.use(layout.use(name));
      if (name != null && use != null && partial.contains(name)) {
        partiallyRecorded.add(name);
        use = LASTING.contains(use.event()) ? null : use;
      }
      if (name != null && use != null) {
        found[each.ordinal()] = use;
        general[each.ordinal()] = layout.isGeneral(name);
        if (!layout.isGeneral(name)) {
          special.add(use.event());
        }
      }
    }
    for (int i = 0; i < found.length; i++) {
      EventUse use = found[i];
      if (use != null && general[i] && special.contains(use.event())) {
        found[i] = null;
      } else if (use != null && use.event() == ModelEvent.TRACER_SWITCH) {
        found[i] = part.beside(use, special.contains(ModelEvent.SCHED_SWITCH));
        recorded.add(ModelEvent.SCHED_SWITCH);
      } else if (use != null) {
        recorded.add(use.event());
      }
    }
    uses.put(streamClass, found);
  }

  private static Set<String> partialEvents(Trace trace) {
    String text = trace.traceClass().environment().text("partial_events");
    return text == null ? Set.of() : new HashSet<>(Arrays.asList(text.split(",", -1)));
  }

  /// Names of the event classes of which a filter or sampling kept some records only.
  Set<String> partiallyRecorded() {
    return partiallyRecorded;
  }

  /// Streams of a kernel whose tracer is known.
  public List<DataStream> tracked() {
    return tracked;
  }

  /// Streams whose records are only counted.
  public List<DataStream> others() {
    return others;
  }

  /// The traces of all streams.
  List<Trace> traces() {
    return Stream.concat(tracked.stream(), others.stream())
        .map(DataStream::trace)
        .distinct()
        .toList();
  }

  /// What of the machine was recorded.
  public RecordedPart recordedPart() {
    return tracked.stream()
        .map(stream -> RecordedPart.of(stream.trace()))
        .filter(RecordedPart::isPart)
        .findFirst()
        .orElse(RecordedPart.WHOLE);
  }

  /// What the classes of a tracked stream are taken for, by ordinal.
  public @Nullable EventUse[] uses(DataStream stream) {
    @Nullable EventUse[] found = uses.get(stream.dataStreamClass());
    if (found == null) {
      throw new IllegalArgumentException(stream.name() + " is not tracked");
    }
    return found;
  }

  /// Which classes of a tracked stream have records that tracing makes by itself, by ordinal.
  static boolean[] asides(DataStream stream) {
    TracerLayout layout = layout(stream.trace());
    List<EventClass> classes = stream.dataStreamClass().eventClasses();
    boolean[] asides = new boolean[classes.size()];
    RecordedPart part = RecordedPart.of(stream.trace());
    for (EventClass each : classes) {
      String name = each.name();
      asides[each.ordinal()] =
          name != null && layout.isAside(name) && part.isAside(layout.use(name));
    }
    return asides;
  }

  /// The layout of a tracked stream.
  public static TracerLayout layout(Trace trace) {
    TracerLayout layout = TracerLayouts.of(trace);
    if (layout == null) {
      throw new IllegalArgumentException(trace.path() + " is not tracked");
    }
    return layout;
  }

  /// Events of the model for which there are classes.
  public Set<ModelEvent> recorded() {
    return recorded;
  }
}
