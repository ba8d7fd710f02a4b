package dev.rideau.perf.internal.flame;

import dev.rideau.perf.internal.open.PerfTrace;
import dev.rideau.perf.internal.symbol.CallChain;
import dev.rideau.perf.internal.symbol.Demangler;
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
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// Adds the samples of traces up into a tree of calls.
public final class ProfileReader {
  private final StackNode root = new StackNode("all", false);
  private final Predicate<EventClass> wanted;
  private final boolean byPeriod;
  private final List<Frame> frames = new ArrayList<>();
  private final Map<Frame, String> names = new HashMap<>();

  private ProfileReader(Predicate<EventClass> wanted, boolean byPeriod) {
    this.wanted = wanted;
    this.byPeriod = byPeriod;
  }

  /// The root of the tree.
  public static StackNode read(
      List<PerfTrace> traces,
      Predicate<EventClass> wanted,
      boolean byPeriod,
      DiagnosticSink diagnostics) {
    ProfileReader reader = new ProfileReader(wanted, byPeriod);
    for (PerfTrace trace : traces) {
      Resolver resolver = new Resolver(MappingReader.symbolizer(trace));
      for (DataStream stream : trace.dataStreams()) {
        reader.read(trace, stream, resolver, diagnostics);
      }
    }
    return reader.root;
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
          case COMMON_CONTEXT -> MemberSelection.ALL;
          case SPECIFIC_CONTEXT -> MemberSelection.of(Set.of("ip", "period", "callchain"));
          case PACKET_HEADER, PACKET_CONTEXT, EVENT_HEADER, PAYLOAD -> MemberSelection.NONE;
        };
      }
    };
  }

  private void read(
      PerfTrace trace, DataStream stream, Resolver resolver, DiagnosticSink diagnostics) {
    try (BlockCursor cursor =
        stream.cursor(0, stream.packets().size(), projection(trace), diagnostics)) {
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        for (int record = 0; record < block.size(); record++) {
          Batch batch = Objects.requireNonNull(block.batch(block.eventClasses()[record]));
          add(batch, block.rows()[record], block.clockValues()[record], resolver);
        }
      }
    }
  }

  private void add(Batch batch, int row, long time, Resolver resolver) {
    StructColumn context = batch.specificContext();
    if (context == null) {
      return;
    }
    StructColumn common = batch.commonContext();
    int pid = common == null ? -1 : (int) number(common, "pid", row, -1);
    long weight = byPeriod ? number(context, "period", row, 1) : 1;
    frames.clear();
    if (context.member("callchain") instanceof ListColumn chain) {
      CallChain.resolve(
          resolver,
          pid,
          time,
          ((LongColumn) chain.elements()).values(),
          chain.offsets()[row],
          chain.lengths()[row],
          frames);
    } else if (context.member("ip") instanceof LongColumn ip) {
      frames.add(resolver.resolve(pid, time, ip.value(row), ip.value(row) < 0));
    }
    // Unwinding without frame pointers ends in words that are no addresses.
    while (frames.size() > 1 && frames.getLast().file() == null) {
      frames.removeLast();
    }
    StackNode node = root;
    node.add(weight, frames.isEmpty() && common == null);
    if (common != null) {
      node = node.callee(comm(common, row), false);
      node.add(weight, frames.isEmpty());
    }
    for (int i = frames.size() - 1; i >= 0; i--) {
      Frame frame = frames.get(i);
      node = node.callee(names.computeIfAbsent(frame, ProfileReader::name), frame.kernel());
      node.add(weight, i == 0);
    }
  }

  private static long number(StructColumn columns, String name, int row, long otherwise) {
    return columns.member(name) instanceof LongColumn column ? column.value(row) : otherwise;
  }

  private static String comm(StructColumn common, int row) {
    return common.member("comm") instanceof BytesColumn comm && comm.isValid(row)
        ? comm.text(row)
        : ":" + number(common, "tid", row, -1);
  }

  private static String name(Frame frame) {
    String symbol = frame.symbol();
    if (symbol != null) {
      return Demangler.demangle(symbol);
    }
    String file = frame.file();
    return file == null ? "[unknown]" : "[" + file.substring(file.lastIndexOf('/') + 1) + "]";
  }
}
