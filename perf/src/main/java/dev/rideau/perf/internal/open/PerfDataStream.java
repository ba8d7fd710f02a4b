package dev.rideau.perf.internal.open;

import dev.rideau.perf.internal.decode.PerfBlockCursor;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of one CPU in the order of time. Immutable.
final class PerfDataStream implements DataStream {
  private static final int UNKNOWN_CPU = 0xffff;

  private final PerfTrace trace;
  private final DataStreamClass dataStreamClass;
  private final int ordinal;
  private final int cpu;
  private final int position;
  private final boolean newestFirst;
  private final PacketIndex packets;
  private final List<Loss> losses;

  PerfDataStream(
      PerfTrace trace, DataStreamClass dataStreamClass, int ordinal, Lane lane, Lane.Times times) {
    this.trace = trace;
    this.dataStreamClass = dataStreamClass;
    this.ordinal = ordinal;
    cpu = lane.cpu;
    position = lane.position;
    newestFirst = lane.newestFirst;
    packets = lane.packets.build();
    List<Loss> found = new ArrayList<>();
    for (Lane.LossDraft draft : lane.losses) {
      found.add(
          new Loss(
              Loss.Kind.DISCARDED_EVENTS,
              this,
              draft.count(),
              draft.packet(),
              draft.beginTime() == Long.MIN_VALUE
                  ? PacketIndex.UNKNOWN
                  : times.toNs(draft.beginTime()),
              times.toNs(draft.endTime())));
    }
    losses = List.copyOf(found);
  }

  @Override
  public PerfTrace trace() {
    return trace;
  }

  @Override
  public DataStreamClass dataStreamClass() {
    return dataStreamClass;
  }

  @Override
  public int ordinal() {
    return ordinal;
  }

  @Override
  public @Nullable Long id() {
    return null;
  }

  @Override
  public long number() {
    return ((long) position << 16) + (cpu < 0 ? UNKNOWN_CPU : cpu);
  }

  @Override
  public String name() {
    if (dataStreamClass.ordinal() == 0) {
      return "state";
    }
    String name = cpu < 0 ? "records" : "cpu" + cpu;
    return position == 0 ? name : name + "-" + position;
  }

  @Override
  public PacketIndex packets() {
    return packets;
  }

  @Override
  public List<Loss> losses() {
    return losses;
  }

  @Override
  public boolean hasIndependentPackets() {
    return true;
  }

  @Override
  public BlockCursor cursor(
      int firstPacket, int endPacket, Projection projection, DiagnosticSink diagnostics) {
    return new PerfBlockCursor(
        this,
        newestFirst ? new NewestFirst(trace::read, trace.schema().records().words()) : trace::read,
        trace.schema(),
        trace.comms(),
        cpu,
        trace.firstTime(),
        firstPacket,
        endPacket,
        projection,
        diagnostics);
  }

  @Override
  public String toString() {
    return name();
  }
}
