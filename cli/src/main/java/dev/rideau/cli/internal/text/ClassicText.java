package dev.rideau.cli.internal.text;

import dev.rideau.cli.internal.text.ClassicStyle.NamedPart;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lines in the form of babeltrace2's text output:
///
/// ```
/// [13:05:02.123456789] (+0.000000021) host event_name: { cpu_id = 1 }, { field = 42 }
///  time                 delta         head             packet context  payload
/// ```
public final class ClassicText implements RecordTextFactory {
  private final ClassicStyle style;
  private final Function<Trace, String> traceName;
  private final AtomicBoolean negativeWarned = new AtomicBoolean();
  private final AtomicInteger classes = new AtomicInteger();
  private final ConcurrentHashMap<PlanKey, StreamPlan> plans = new ConcurrentHashMap<>();

  /// @param traceName what to call a trace
  public ClassicText(ClassicStyle style, Function<Trace, String> traceName) {
    this.style = style;
    this.traceName = traceName;
  }

  /// A new writer of what stands before the lines of streams with a clock.
  public LineTimes times() {
    return new LineTimes(
        style,
        new TimestampText(style.timestamps(), style.zone(), negativeWarned),
        new DeltaText(style.timestamps() == TimestampStyle.CYCLES));
  }

  /// Whether a record with a negative timestamp was written, whose time looks different.
  public boolean wroteNegativeTime() {
    return negativeWarned.get();
  }

  @Override
  public RecordText open(DataStream stream) {
    PlanKey key = new PlanKey(stream.trace(), stream.dataStreamClass().ordinal());
    StreamPlan plan = plans.computeIfAbsent(key, _ -> new StreamPlan(stream));
    LineTimes times = times();
    return new ClassicLines(plan, plan.hasTime && times.hasPrefix() ? times : null);
  }

  private record PlanKey(Trace trace, int classOrdinal) {}

  /// What lines of all records of a stream class have in common.
  final class StreamPlan {
    private final Trace trace;
    private final DataStreamClass dataStreamClass;
    private final VisibleFields visible;
    private final boolean hasTime;
    private final @Nullable FieldText packetContext;
    private final Literal packetContextLead;

    /// By event class, compiled when first needed. Written by any thread: a plan is immutable, and
    /// two equal ones do no harm.
    private final @Nullable LineSteps[] lines;

    /// Number of the first event class, see [LineTexts#stringClasses()].
    private final int firstClass;

    StreamPlan(DataStream stream) {
      trace = stream.trace();
      dataStreamClass = stream.dataStreamClass();
      visible = new VisibleFields(dataStreamClass);
      hasTime = dataStreamClass.defaultClock() != null;
      packetContext =
          ClassicFields.compile(
              dataStreamClass.packetContext(),
              visible,
              null,
              Scope.PACKET_CONTEXT,
              style.names().contains(NamedPart.CONTEXT),
              null);
      packetContextLead = new Literal(scopeLead(Scope.PACKET_CONTEXT));
      lines = new LineSteps[dataStreamClass.eventClasses().size()];
      firstClass = classes.getAndAdd(lines.length);
    }

    int classCount() {
      return lines.length;
    }

    LineSteps line(EventClass eventClass) {
      LineSteps line = lines[eventClass.ordinal()];
      if (line == null) {
        line = compile(eventClass);
        lines[eventClass.ordinal()] = line;
      }
      return line;
    }

    /// Whether the packet context is shown.
    boolean hasPacketContext() {
      return packetContext != null;
    }

    /// Appends the packet context of a block.
    void putPacketContext(TextBuffer out, RecordBlock block) {
      StructColumn column = block.packetContext();
      if (packetContext != null) {
        out.put(packetContextLead);
        if (column != null) {
          packetContext.put(out, column, 0);
        }
      }
    }

    private LineSteps compile(EventClass eventClass) {
      ClassicFields.Leaves leaves = new ClassicFields.Leaves();
      String head =
          timeEnd()
              + LineHead.of(
                  style,
                  hasTime,
                  traceName.apply(trace),
                  trace.traceClass().environment(),
                  eventClass);
      LineSteps.Builder steps = new LineSteps.Builder(new Literal(head));
      boolean first = packetContext == null;
      for (Scope scope : List.of(Scope.COMMON_CONTEXT, Scope.SPECIFIC_CONTEXT, Scope.PAYLOAD)) {
        FieldText text = scope(eventClass, scope, leaves);
        if (text != null) {
          steps.add(scope, new Literal((first ? "" : ", ") + scopeLead(scope)), text);
          first = false;
        }
      }
      int count = leaves.count();
      return steps.build(
          count == 0 ? LineTexts.NO_CLASS : firstClass + eventClass.ordinal(), count);
    }

    private @Nullable FieldText scope(
        EventClass eventClass, Scope scope, ClassicFields.Leaves leaves) {
      FieldClass.Structure structure =
          switch (scope) {
            case COMMON_CONTEXT -> dataStreamClass.commonContext();
            case SPECIFIC_CONTEXT -> eventClass.specificContext();
            case PAYLOAD -> eventClass.payload();
            case PACKET_HEADER, PACKET_CONTEXT, EVENT_HEADER -> null;
          };
      NamedPart part = scope == Scope.PAYLOAD ? NamedPart.PAYLOAD : NamedPart.CONTEXT;
      return ClassicFields.compile(
          structure, visible, eventClass, scope, style.names().contains(part), leaves);
    }

    private String scopeLead(Scope scope) {
      if (!style.names().contains(NamedPart.SCOPE)) {
        return "";
      }
      return switch (scope) {
        case PACKET_CONTEXT -> "stream.packet.context = ";
        case COMMON_CONTEXT -> "stream.event.context = ";
        case SPECIFIC_CONTEXT -> "event.context = ";
        case PAYLOAD -> "event.fields = ";
        case PACKET_HEADER, EVENT_HEADER -> throw new IllegalArgumentException(scope.label());
      };
    }

    /// What separates times and head: the delta or the time is closed.
    private String timeEnd() {
      if (!hasTime || style.names().contains(NamedPart.HEADER)) {
        return "";
      }
      return style.withDelta() ? ") " : "] ";
    }
  }
}
