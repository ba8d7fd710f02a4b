package dev.rideau.cli.internal.text;

import dev.rideau.cli.internal.text.ClassicStyle.NamedPart;
import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import java.util.Arrays;
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
  private static final StructColumn NO_COLUMNS =
      StructColumn.of(FieldClass.Structure.EMPTY, MemberSelection.NONE);

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

  /// The text of the time between two lines.
  public DeltaText deltaText() {
    return new DeltaText(style.timestamps() == TimestampStyle.CYCLES);
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

    /// Number of the first event class, see [RecordText#stringClass()].
    private final int firstClass;

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
              style.names().contains(NamedPart.CONTEXT),
              null);
      packetContextLead = new Literal(scopeLead(Scope.PACKET_CONTEXT));
      lines = new LinePlan[dataStreamClass.eventClasses().size()];
      firstClass = classes.getAndAdd(lines.length);
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
    private final ClassicFields.Leaves leaves = new ClassicFields.Leaves();
    private final int stringClass;
    private final Literal head;
    private final @Nullable FieldText commonContext;
    private final @Nullable FieldText specificContext;
    private final @Nullable FieldText payload;
    private final Literal commonContextLead;
    private final Literal specificContextLead;
    private final Literal payloadLead;

    /// The payload without its opening, where nothing stands between head and payload but the
    /// packet context.
    private final ClassicFields.@Nullable Members directPayload;

    LinePlan(StreamPlan stream, EventClass eventClass) {
      DataStreamClass streamClass = stream.dataStreamClass;
      commonContext = scope(stream, eventClass, streamClass.commonContext(), Scope.COMMON_CONTEXT);
      specificContext =
          scope(stream, eventClass, eventClass.specificContext(), Scope.SPECIFIC_CONTEXT);
      payload = scope(stream, eventClass, eventClass.payload(), Scope.PAYLOAD);
      stringClass = leaves.count() == 0 ? -1 : stream.firstClass + eventClass.ordinal();
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
      directPayload =
          commonContext == null
                  && specificContext == null
                  && payload instanceof ClassicFields.Members members
                  && !members.isEmpty()
              ? members.withoutOpening()
              : null;
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
          structure, stream.visible, eventClass, scope, style.names().contains(part), leaves);
    }

    /// What stands between the times and the first field of a record in a packet.
    Literal opening(TextBuffer packetContext) {
      Literal opening = head.then(packetContext.toLiteral());
      return payload instanceof ClassicFields.Members members && directPayload != null
          ? opening.then(payloadLead).then(members.opening())
          : opening;
    }
  }

  /// What lines of an event class are written from in one packet: text that stays the same, and
  /// columns. A block keeps its columns for as long as its cursor lives.
  private static final class BoundLine {
    private final RecordBlock block;
    private final Batch batch;
    private final LinePlan plan;
    private final Literal opening;

    /// Null when something stands between head and payload that differs from record to record.
    private final ClassicFields.@Nullable Members payload;

    private final StructColumn payloadColumns;

    BoundLine(RecordBlock block, Batch batch, LinePlan plan, TextBuffer packetContext) {
      this.block = block;
      this.batch = batch;
      this.plan = plan;
      StructColumn columns = batch.payload();
      payload = columns == null ? null : plan.directPayload;
      payloadColumns = columns == null ? NO_COLUMNS : columns;
      opening = plan.opening(packetContext);
    }
  }

  private final class Records implements RecordText {
    private final StreamPlan plan;
    private final TimestampText times =
        new TimestampText(style.timestamps(), style.zone(), negativeWarned);
    private final DeltaText deltas = deltaText();
    private final boolean cycles = style.timestamps() == TimestampStyle.CYCLES;

    /// Whether lines start with `[13:05:02.123456789] (+0.000000021) `.
    private final boolean usual;

    private @Nullable LinePlan lastPlan;
    private TextBuffer packetContext = new TextBuffer(64);
    private TextBuffer packetContextBefore = new TextBuffer(64);

    /// By event class; holds for one packet context.
    private final @Nullable BoundLine[] bound;

    Records(StreamPlan plan) {
      this.plan = plan;
      bound = new BoundLine[plan.lines.length];
      usual =
          plan.withDelta
              && style.timestamps() == TimestampStyle.CLOCK
              && !style.names().contains(NamedPart.HEADER);
    }

    @Override
    public void enter(RecordBlock block) {
      FieldText text = plan.packetContext;
      if (text == null) {
        return;
      }
      TextBuffer last = packetContext;
      packetContext = packetContextBefore;
      packetContextBefore = last;
      packetContext.clear();
      packetContext.put(plan.packetContextLead);
      StructColumn column = block.packetContext();
      if (column != null) {
        text.put(packetContext, column, 0);
      }
      if (!packetContext.equalsText(last)) {
        Arrays.fill(bound, null);
      }
    }

    @Override
    public int stringClass() {
      return lastPlan == null ? -1 : lastPlan.stringClass;
    }

    @Override
    public int stringLeaves() {
      return lastPlan == null ? 0 : lastPlan.leaves.count();
    }

    @Override
    public long deltaBase(RecordBlock block, int record) {
      return cycles ? block.clockValues()[record] : block.timestampsNs()[record];
    }

    @Override
    public int put(TextBuffer out, RecordBlock block, int record, long deltaFrom) {
      int eventClass = block.eventClasses()[record];
      BoundLine line = bound[eventClass];
      if (line == null || line.block != block) {
        line = bind(block, eventClass);
        if (line == null) {
          return 0;
        }
      }
      lastPlan = line.plan;
      int deltaSpan = putTime(out, block, record, deltaFrom);
      out.put(line.opening);
      int row = block.rows()[record];
      ClassicFields.Members payload = line.payload;
      if (payload != null) {
        payload.put(out, line.payloadColumns, row);
      } else {
        putScopes(out, line.plan, line.batch, row);
      }
      out.put('\n');
      return deltaSpan;
    }

    private @Nullable BoundLine bind(RecordBlock block, int eventClass) {
      Batch batch = block.batch(eventClass);
      if (batch == null) {
        return null;
      }
      BoundLine line = new BoundLine(block, batch, plan.line(batch.eventClass()), packetContext);
      bound[eventClass] = line;
      return line;
    }

    private static void putScopes(TextBuffer out, LinePlan line, Batch batch, int row) {
      putScope(out, line.commonContextLead, line.commonContext, batch.commonContext(), row);
      putScope(out, line.specificContextLead, line.specificContext, batch.specificContext(), row);
      putScope(out, line.payloadLead, line.payload, batch.payload(), row);
    }

    private int putTime(TextBuffer out, RecordBlock block, int record, long deltaFrom) {
      if (!plan.hasTime) {
        return 0;
      }
      if (usual) {
        int span = putUsualTime(out, block.timestampsNs()[record], deltaFrom);
        if (span != 0) {
          return span;
        }
      }
      int lineStart = out.size;
      out.put(plan.beforeTime);
      if (cycles) {
        putCycles(out, block.clockValues()[record]);
      } else {
        times.put(out, block.timestampsNs()[record]);
      }
      if (!plan.withDelta) {
        return 0;
      }
      out.put(plan.afterTime);
      int deltaStart = out.size;
      deltas.put(out, deltaFrom, deltaBase(block, record));
      return (deltaStart - lineStart) << 8 | (out.size - deltaStart);
    }

    /// Writes times of the usual form, of the same second as the last one and less than a second
    /// after the line before.
    ///
    /// @return where the difference stands, or 0 when nothing was written
    private int putUsualTime(TextBuffer out, long ns, long deltaFrom) {
      long delta = ns - deltaFrom;
      if (delta < 0 || delta >= 1_000_000_000L || deltaFrom == NO_DELTA) {
        return 0;
      }
      byte[] bytes = out.room(64);
      int start = out.size;
      int at = times.putSameSecond(bytes, start + 1, ns);
      if (at < 0) {
        return 0;
      }
      bytes[start] = '[';
      bytes[at] = ']';
      bytes[at + 1] = ' ';
      bytes[at + 2] = '(';
      out.size = DeltaText.putBelowSecond(bytes, at + 3, (int) delta);
      return (at + 3 - start) << 8 | (out.size - at - 3);
    }

    private static void putCycles(TextBuffer out, long value) {
      byte[] bytes = out.room(32);
      long high = Long.divideUnsigned(value, 1_000_000_000L);
      int low = (int) (value - high * 1_000_000_000L);
      int top = (int) (high / 1_000_000_000L);
      // Twenty digits: two, nine and nine.
      int at = out.size;
      bytes[at] = (byte) ('0' + top / 10);
      bytes[at + 1] = (byte) ('0' + top % 10);
      at = Digits.putNine(bytes, at + 2, (int) (high - top * 1_000_000_000L));
      out.size = Digits.putNine(bytes, at, low);
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
