package dev.rideau.cli.internal.text;

import dev.rideau.cli.internal.text.ClassicStyle.NamedPart;
import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final ConcurrentHashMap<PlanKey, StreamPlan> plans = new ConcurrentHashMap<>();

  /// @param traceName what to call a trace
  public ClassicText(ClassicStyle style, Function<Trace, String> traceName) {
    this.style = style;
    this.traceName = traceName;
  }

  /// The text of the time between two lines.
  public DeltaText deltaText() {
    return new DeltaText(
        style.timestamps() == TimestampStyle.CYCLES, style.names().contains(NamedPart.HEADER));
  }

  /// Whether a record with a negative timestamp was written, whose time looks different.
  public boolean wroteNegativeTime() {
    return negativeWarned.get();
  }

  @Override
  public RecordText open(DataStream stream) {
    PlanKey key = new PlanKey(stream.trace(), stream.dataStreamClass().ordinal());
    return new Records(plans.computeIfAbsent(key, _ -> new StreamPlan(stream)));
  }

  private record PlanKey(Trace trace, int classOrdinal) {}

  /// What lines of all records of a stream class have in common.
  private final class StreamPlan {
    private final Trace trace;
    private final DataStreamClass dataStreamClass;
    private final VisibleFields visible;
    private final boolean hasTime;
    private final boolean withDelta;
    private final Literal beforeTime;
    private final Literal afterTime;
    private final @Nullable FieldText packetContext;
    private final Literal packetContextLead;

    /// By event class, compiled when first needed. Written by any thread: a plan is immutable, and
    /// two equal ones do no harm.
    private final @Nullable LinePlan[] lines;

    StreamPlan(DataStream stream) {
      trace = stream.trace();
      dataStreamClass = stream.dataStreamClass();
      visible = new VisibleFields(dataStreamClass);
      hasTime = dataStreamClass.defaultClock() != null;
      withDelta = hasTime && style.withDelta();
      boolean named = style.names().contains(NamedPart.HEADER);
      beforeTime = new Literal(!hasTime ? "" : named ? "timestamp = " : "[");
      afterTime = new Literal(!withDelta ? "" : named ? ", delta = " : "] (");
      packetContext =
          ClassicFields.compile(
              dataStreamClass.packetContext(),
              visible,
              null,
              Scope.PACKET_CONTEXT,
              style.names().contains(NamedPart.CONTEXT));
      packetContextLead = new Literal(scopeLead(Scope.PACKET_CONTEXT));
      lines = new LinePlan[dataStreamClass.eventClasses().size()];
    }

    LinePlan line(EventClass eventClass) {
      LinePlan line = lines[eventClass.ordinal()];
      if (line == null) {
        line = new LinePlan(this, eventClass);
        lines[eventClass.ordinal()] = line;
      }
      return line;
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
      return withDelta ? ") " : "] ";
    }
  }

  /// What lines of records of one event class have in common.
  private final class LinePlan {
    private final Literal head;
    private final @Nullable FieldText commonContext;
    private final @Nullable FieldText specificContext;
    private final @Nullable FieldText payload;
    private final Literal commonContextLead;
    private final Literal specificContextLead;
    private final Literal payloadLead;

    LinePlan(StreamPlan stream, EventClass eventClass) {
      DataStreamClass streamClass = stream.dataStreamClass;
      commonContext = scope(stream, eventClass, streamClass.commonContext(), Scope.COMMON_CONTEXT);
      specificContext =
          scope(stream, eventClass, eventClass.specificContext(), Scope.SPECIFIC_CONTEXT);
      payload = scope(stream, eventClass, eventClass.payload(), Scope.PAYLOAD);
      head =
          new Literal(
              stream.timeEnd()
                  + LineHead.of(
                      style,
                      stream.hasTime,
                      traceName.apply(stream.trace),
                      stream.trace.traceClass().environment(),
                      eventClass));
      boolean first = stream.packetContext == null;
      commonContextLead = lead(stream, Scope.COMMON_CONTEXT, first);
      first &= commonContext == null;
      specificContextLead = lead(stream, Scope.SPECIFIC_CONTEXT, first);
      first &= specificContext == null;
      payloadLead = lead(stream, Scope.PAYLOAD, first);
    }

    private static Literal lead(StreamPlan stream, Scope scope, boolean first) {
      return new Literal((first ? "" : ", ") + stream.scopeLead(scope));
    }

    private @Nullable FieldText scope(
        StreamPlan stream,
        EventClass eventClass,
        FieldClass.@Nullable Structure structure,
        Scope scope) {
      NamedPart part = scope == Scope.PAYLOAD ? NamedPart.PAYLOAD : NamedPart.CONTEXT;
      return ClassicFields.compile(
          structure, stream.visible, eventClass, scope, style.names().contains(part));
    }
  }

  private final class Records implements RecordText {
    private final StreamPlan plan;
    private final TimestampText times =
        new TimestampText(style.timestamps(), style.zone(), negativeWarned);
    private final DeltaText deltas = deltaText();
    private final boolean cycles = style.timestamps() == TimestampStyle.CYCLES;
    private final TextBuffer packetContext = new TextBuffer(64);

    Records(StreamPlan plan) {
      this.plan = plan;
    }

    @Override
    public void enter(RecordBlock block) {
      packetContext.clear();
      FieldText text = plan.packetContext;
      if (text != null) {
        packetContext.put(plan.packetContextLead);
        StructColumn column = block.packetContext();
        if (column != null) {
          text.put(packetContext, column, 0);
        }
      }
    }

    @Override
    public long deltaBase(RecordBlock block, int record) {
      return cycles ? block.clockValues()[record] : block.timestampsNs()[record];
    }

    @Override
    public void put(TextBuffer out, RecordBlock block, int record, long deltaFrom) {
      if (plan.hasTime) {
        putTime(out, block, record, deltaFrom);
      }
      int row = block.rows()[record];
      Batch batch = block.batch(block.eventClasses()[record]);
      if (batch == null) {
        return;
      }
      LinePlan line = plan.line(batch.eventClass());
      out.put(line.head);
      if (packetContext.size > 0) {
        out.put(packetContext);
      }
      putScope(out, line.commonContextLead, line.commonContext, batch.commonContext(), row);
      putScope(out, line.specificContextLead, line.specificContext, batch.specificContext(), row);
      putScope(out, line.payloadLead, line.payload, batch.payload(), row);
      out.put('\n');
    }

    private void putTime(TextBuffer out, RecordBlock block, int record, long deltaFrom) {
      out.put(plan.beforeTime);
      if (cycles) {
        putCycles(out, block.clockValues()[record]);
      } else {
        times.put(out, block.timestampsNs()[record]);
      }
      if (plan.withDelta) {
        out.put(plan.afterTime);
        deltas.put(out, deltaFrom, deltaBase(block, record));
      }
    }

    private static void putCycles(TextBuffer out, long value) {
      byte[] bytes = out.room(24);
      long high = Long.divideUnsigned(value, Digits.HUNDRED_MILLION);
      int low = (int) (value - high * Digits.HUNDRED_MILLION);
      int top = (int) (high / Digits.HUNDRED_MILLION);
      int at = out.size;
      // Twenty digits: four, eight and eight. The first go out as the upper half of eight.
      Digits.putEight(bytes, at, top * 10_000);
      at = Digits.putEight(bytes, at + 4, (int) (high - (long) top * Digits.HUNDRED_MILLION));
      out.size = Digits.putEight(bytes, at, low);
    }

    private static void putScope(
        TextBuffer out,
        Literal lead,
        @Nullable FieldText text,
        @Nullable StructColumn column,
        int row) {
      if (text != null && column != null) {
        out.put(lead);
        text.put(out, column, row);
      }
    }
  }
}
