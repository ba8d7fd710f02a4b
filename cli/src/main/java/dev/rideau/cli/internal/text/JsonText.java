package dev.rideau.cli.internal.text;

import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.Trace;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lines with a JSON object each:
///
/// ```
/// {"timestamp":1351532897586558519,"trace":"host","stream":2,"event":"name",
///  "packet_context":{"cpu_id":2},"payload":{"msg":"heartbeat"}}
/// ```
///
/// Members that a record has no value for are left out.
public final class JsonText implements RecordTextFactory {
  private final Function<Trace, String> traceName;
  private final Function<DataStream, Long> streamId;
  private final ConcurrentHashMap<DataStream, StreamPlan> plans = new ConcurrentHashMap<>();

  /// @param traceName what to call a trace
  /// @param streamId the number of a stream in its class
  public JsonText(Function<Trace, String> traceName, Function<DataStream, Long> streamId) {
    this.traceName = traceName;
    this.streamId = streamId;
  }

  @Override
  public RecordText open(DataStream stream) {
    return new Records(plans.computeIfAbsent(stream, StreamPlan::new));
  }

  private final class StreamPlan {
    private final DataStream stream;
    private final boolean hasTime;
    private final Literal begin;
    private final @Nullable FieldText packetContext;

    /// By event class, compiled when first needed. Written by any thread: a plan is immutable, and
    /// two equal ones do no harm.
    private final @Nullable LinePlan[] lines;

    StreamPlan(DataStream stream) {
      this.stream = stream;
      hasTime = stream.dataStreamClass().defaultClock() != null;
      begin = new Literal(hasTime ? "{\"timestamp\":" : "{");
      FieldClass.Structure context = stream.dataStreamClass().packetContext();
      VisibleFields visible = new VisibleFields(stream.dataStreamClass());
      packetContext =
          context == null
              ? null
              : JsonFields.compile(
                  context, member -> visible.isShown(Scope.PACKET_CONTEXT, List.of(member.name())));
      lines = new LinePlan[stream.dataStreamClass().eventClasses().size()];
    }

    LinePlan line(EventClass eventClass) {
      LinePlan line = lines[eventClass.ordinal()];
      if (line == null) {
        line = new LinePlan(this, eventClass);
        lines[eventClass.ordinal()] = line;
      }
      return line;
    }
  }

  private final class LinePlan {
    private final Literal head;
    private final @Nullable FieldText commonContext;
    private final @Nullable FieldText specificContext;
    private final @Nullable FieldText payload;

    LinePlan(StreamPlan plan, EventClass eventClass) {
      TextBuffer text = new TextBuffer(64);
      text.put(JsonFields.key(plan.hasTime ? "," : "", "trace"));
      text.putJson(traceName.apply(plan.stream.trace()));
      text.put(JsonFields.key(",", "stream"));
      text.putUnsigned(streamId.apply(plan.stream));
      text.put(JsonFields.key(",", "event"));
      text.putJson(eventClass.displayName());
      head = text.toLiteral();
      commonContext = compile(plan.stream.dataStreamClass().commonContext());
      specificContext = compile(eventClass.specificContext());
      payload = compile(eventClass.payload());
    }

    private static @Nullable FieldText compile(FieldClass.@Nullable Structure structure) {
      return structure == null ? null : JsonFields.compile(structure, _ -> true);
    }
  }

  private static final class Records implements RecordText {
    private static final Literal PACKET = JsonFields.key(",", "packet_context");
    private static final Literal COMMON = JsonFields.key(",", "common_context");
    private static final Literal SPECIFIC = JsonFields.key(",", "specific_context");
    private static final Literal PAYLOAD = JsonFields.key(",", "payload");
    private static final Literal END = new Literal("}\n");

    private final StreamPlan plan;
    private final TextBuffer packetContext = new TextBuffer(64);

    Records(StreamPlan plan) {
      this.plan = plan;
    }

    @Override
    public void enter(RecordBlock block) {
      packetContext.clear();
      putScope(packetContext, PACKET, plan.packetContext, block.packetContext(), 0);
    }

    @Override
    public void put(LineTexts out, RecordBlock block, int from, int to) {
      int line = out.addLines(block, from, to);
      TextBuffer text = out.text();
      for (int record = from; record < to; record++, line++) {
        out.starts()[line] = text.size;
        Batch batch = block.batch(block.eventClasses()[record]);
        if (batch != null) {
          put(text, block, batch, record);
        }
        out.ends()[line] = text.size;
      }
    }

    @Override
    public void skip(RecordBlock block, int from, int to) {}

    private void put(TextBuffer out, RecordBlock block, Batch batch, int record) {
      out.put(plan.begin);
      if (plan.hasTime) {
        out.putSigned(block.timestampsNs()[record]);
      }
      int row = block.rows()[record];
      LinePlan line = plan.line(batch.eventClass());
      out.put(line.head);
      out.put(packetContext);
      putScope(out, COMMON, line.commonContext, batch.commonContext(), row);
      putScope(out, SPECIFIC, line.specificContext, batch.specificContext(), row);
      putScope(out, PAYLOAD, line.payload, batch.payload(), row);
      out.put(END);
    }

    private static void putScope(
        TextBuffer out,
        Literal key,
        @Nullable FieldText text,
        @Nullable StructColumn column,
        int row) {
      if (text != null && column != null) {
        out.put(key);
        text.put(out, column, row);
      }
    }
  }
}
