package dev.rideau.perf.internal.flame;

import dev.rideau.perf.internal.decode.PerfSchema;
import dev.rideau.perf.internal.demangle.Demangler;
import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.perf.internal.symbol.CallChain;
import dev.rideau.perf.internal.symbol.Frame;
import dev.rideau.perf.internal.symbol.MappingReader;
import dev.rideau.perf.internal.symbol.Resolver;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.SampledTrace.SampleSink;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StackFrame;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Goes through the samples of traces and resolves their call chains.
public final class ProfileReader {
  private final Predicate<EventClass> wanted;
  private final SampleSink sink;
  private final List<Frame> frames = new ArrayList<>();
  private final List<StackFrame> stack = new ArrayList<>();
  private final Map<String, String> demangled = new HashMap<>();

  private ProfileReader(Predicate<EventClass> wanted, SampleSink sink) {
    this.wanted = wanted;
    this.sink = sink;
  }

  /// Hands all samples of some events to a sink, stream after stream.
  public static void read(
      List<PerfTrace> traces,
      Predicate<EventClass> wanted,
      SampleSink sink,
      DiagnosticSink diagnostics) {
    ProfileReader reader = new ProfileReader(wanted, sink);
    for (PerfTrace trace : traces) {
      Resolver resolver = new Resolver(MappingReader.symbolizer(trace));
      for (DataStream stream : trace.dataStreams()) {
        reader.read(trace, stream, resolver, diagnostics);
      }
    }
  }

  private Projection projection(PerfTrace trace) {
    return new Projection() {
      @Override
      public boolean includes(EventClass eventClass) {
        return trace.schema().isSample(eventClass) && wanted.test(eventClass);
      }

      @Override
      public MemberSelection members(EventClass eventClass, Scope scope) {
        return switch (scope) {
          case COMMON_CONTEXT, PACKET_CONTEXT -> MemberSelection.ALL;
          case SPECIFIC_CONTEXT -> MemberSelection.of(Set.of("ip", "period", "callchain"));
          case PACKET_HEADER, EVENT_HEADER, PAYLOAD -> MemberSelection.NONE;
        };
      }
    };
  }

  private void read(
      PerfTrace trace, DataStream stream, Resolver resolver, DiagnosticSink diagnostics) {
    try (BlockCursor cursor =
        stream.cursor(0, stream.packets().size(), projection(trace), diagnostics)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        int cpu = cpu(block.packetContext());
        for (int record = 0; record < block.size(); record++) {
          Batch batch = Objects.requireNonNull(block.batch(block.eventClasses()[record]));
          long time = block.clockValues()[record];
          add(batch, block.rows()[record], cpu, time, block.timestampsNs()[record], resolver);
        }
      }
    }
  }

  private void add(Batch batch, int row, int cpu, long time, long timestampNs, Resolver resolver) {
    StructColumn context = batch.specificContext();
    if (context == null) {
      return;
    }
    StructColumn common = batch.commonContext();
    int pid = common == null ? -1 : (int) number(common, "pid", row, -1);
    frames.clear();
    if (context.member("callchain") instanceof ListColumn chain) {
      CallChain.resolve(resolver, pid, time, chain, row, frames);
    } else if (context.member("ip") instanceof LongColumn ip) {
      frames.add(resolver.resolve(pid, time, ip.value(row), ip.value(row) < 0));
    }
    // Unwinding without frame pointers ends in words that are no addresses.
    while (frames.size() > 1 && frames.getLast().file() == null) {
      frames.removeLast();
    }
    stack.clear();
    frames.forEach(frame -> stack.add(named(frame)));
    sink.take(
        timestampNs,
        batch.eventClass(),
        cpu,
        pid,
        common == null ? -1 : (int) number(common, "tid", row, -1),
        common == null ? "" : comm(common, row),
        number(context, "period", row, 1),
        stack);
  }

  /// The frame with the name that people wrote.
  private StackFrame named(Frame frame) {
    String symbol = frame.symbol();
    return new StackFrame(
        symbol == null ? null : demangled.computeIfAbsent(symbol, Demangler::brief),
        frame.offset(),
        frame.file(),
        frame.address(),
        frame.kernel());
  }

  private static int cpu(@Nullable StructColumn packetContext) {
    return packetContext != null
            && packetContext.member(PerfSchema.CPU_MEMBER) instanceof LongColumn column
            && column.isValid(0)
        ? (int) column.value(0)
        : -1;
  }

  private static long number(StructColumn columns, String name, int row, long otherwise) {
    return columns.member(name) instanceof LongColumn column ? column.value(row) : otherwise;
  }

  private static String comm(StructColumn common, int row) {
    return common.member("comm") instanceof BytesColumn comm && comm.isValid(row)
        ? comm.text(row)
        : ":" + number(common, "tid", row, -1);
  }
}
