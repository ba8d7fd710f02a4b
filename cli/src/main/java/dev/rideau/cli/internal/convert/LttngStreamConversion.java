package dev.rideau.cli.internal.convert;

import dev.rideau.cli.internal.Selection;
import dev.rideau.ctf.CtfWriter;
import dev.rideau.ctf.LttngPackets;
import dev.rideau.ctf.StreamWriter;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BlockSource;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Loss;
import dev.rideau.trace.Merger;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.filter.StreamFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Copies the data streams of one CPU into one stream of LTTng's layout. One thread runs it.
///
/// Packets are new ones, which begin where records were lost. The first begins and the last ends
/// with the recording, as LTTng's do: programs look at the time that all streams have in common.
final class LttngStreamConversion implements Callable<Long> {
  private final LttngPlan plan;
  private final Processes processes;
  private final int cpu;
  private final List<DataStream> streams;
  private final boolean dumpsState;
  private final CtfWriter writer;
  private final Selection selection;
  private final DiagnosticSink diagnostics;
  private final LongConsumer progress;

  /// Events that were lost up to now.
  private long lost;

  private long lastNs = Long.MIN_VALUE;

  /// @param streams those of the CPU
  /// @param dumpsState whether the stream begins with the state dump that the source lacks
  LttngStreamConversion(
      LttngPlan plan,
      Processes processes,
      int cpu,
      List<DataStream> streams,
      boolean dumpsState,
      CtfWriter writer,
      Selection selection,
      DiagnosticSink diagnostics,
      LongConsumer progress) {
    this.plan = plan;
    this.processes = processes;
    this.cpu = cpu;
    this.streams = streams;
    this.dumpsState = dumpsState;
    this.writer = writer;
    this.selection = selection;
    this.diagnostics = diagnostics;
    this.progress = progress;
  }

  /// The number of the CPU that the records of a stream were made on, 0 when it does not tell.
  static int cpuOf(DataStream stream) {
    if (stream.packets().size() == 0) {
      return 0;
    }
    try (BlockCursor cursor = stream.cursor(0, 1, Projection.TIMESTAMPS, _ -> {})) {
      RecordBlock packet = cursor.nextPacket();
      StructColumn context = packet == null ? null : packet.packetContext();
      return context != null && context.member(LttngPackets.CPU) instanceof LongColumn cpus
          ? Math.max(0, (int) cpus.value(0))
          : 0;
    }
  }

  /// @return number of records written
  @Override
  public Long call() throws IOException {
    List<Source> sources = new ArrayList<>();
    try (StreamWriter target = writer.stream(plan.streamClass(), "channel0_" + cpu, cpu)) {
      for (DataStream stream : streams) {
        sources.add(new Source(stream));
      }
      tellCpu(target);
      if (plan.beginNs() != Long.MAX_VALUE) {
        target.beginPacket(plan.clockValue(Math.max(plan.beginNs(), selection.beginNs())));
      }
      if (dumpsState) {
        long beginNs = Math.max(plan.beginNs(), selection.beginNs());
        LttngStateDump.write(target, plan, processes, plan.clockValue(beginNs));
      }
      Merger<RecordBlock> merger = new Merger<>(sources);
      while (merger.advance() && !Thread.currentThread().isInterrupted()) {
        sources.get(merger.source()).copy(merger.from(), merger.to(), target);
      }
      target.endPacket(plan.clockValue(Math.min(plan.endNs(), selection.endNs())));
      return target.recordCount();
    } finally {
      sources.forEach(Source::close);
    }
  }

  private void tellCpu(StreamWriter target) {
    StructColumn context = target.ownPacketContext();
    if (context != null && context.member(LttngPackets.CPU) instanceof LongColumn told) {
      told.values()[0] = cpu;
    }
  }

  /// The blocks of one stream with their records in the new layout.
  private final class Source implements BlockSource<RecordBlock> {
    private final DataStream stream;
    private final BlockCursor cursor;
    private final LttngRecords records;
    private final @Nullable RecordChoice choice;
    private final int firstPacket;
    private @Nullable RecordBlock block;
    private final List<Loss> losses;
    private int lossesTold;
    private int lastPacket;

    Source(DataStream stream) {
      this.stream = stream;
      losses = stream.losses();
      StreamFilter filter = selection.filter().forStream(stream);
      firstPacket = selection.firstPacket(stream);
      int end = Math.max(firstPacket, selection.endPacket(stream));
      lastPacket = firstPacket;
      cursor = stream.cursor(firstPacket, end, selection.projection(filter), diagnostics);
      choice = RecordChoice.of(selection, filter);
      records = new LttngRecords(plan, processes, stream.dataStreamClass().eventClasses().size());
    }

    @Override
    public @Nullable RecordBlock next() {
      RecordBlock next = cursor.next();
      block = next;
      if (next != null) {
        for (; lastPacket < next.packet(); lastPacket++) {
          progress.accept(stream.packets().totalBits(lastPacket) / 8);
        }
        records.take(next);
        if (choice != null) {
          choice.choose(next);
        }
      }
      return next;
    }

    void copy(int from, int to, StreamWriter target) throws IOException {
      RecordBlock current = block;
      if (current == null) {
        return;
      }
      int[] eventClasses = current.eventClasses();
      int[] rows = current.rows();
      long[] timesNs = current.timestampsNs();
      for (int i = from; i < to; i++) {
        while (lossesTold < losses.size()
            && isBefore(losses.get(lossesTold), current.packet(), timesNs[i])) {
          tell(losses.get(lossesTold++), timesNs[i], target);
        }
        lastNs = timesNs[i];
        if (choice == null || choice.isChosen(i)) {
          target.write(records.batch(eventClasses[i]), rows[i], plan.clockValue(timesNs[i]));
        }
      }
    }

    /// Whether something was lost before a record of a packet.
    private boolean isBefore(Loss loss, int packet, long ns) {
      boolean hasBegun = loss.beginNs() == PacketIndex.UNKNOWN || loss.beginNs() < ns;
      return loss.packet() <= packet && (hasBegun || loss.endNs() <= ns);
    }

    /// Writes a packet without records over the time in which the lost ones would be: readers see
    /// the loss where it was.
    private void tell(Loss loss, long ns, StreamWriter target) throws IOException {
      if (loss.packet() < firstPacket) {
        return;
      }
      long beginNs = Math.max(plan.beginNs(), Math.max(lastNs, selection.beginNs()));
      if (loss.beginNs() != PacketIndex.UNKNOWN) {
        beginNs = Math.max(beginNs, loss.beginNs());
      }
      long endNs = loss.endNs() == PacketIndex.UNKNOWN ? ns : Math.min(ns, loss.endNs());
      beginNs = Math.min(beginNs, ns);
      target.endPacket(plan.clockValue(beginNs));
      target.beginPacket(plan.clockValue(beginNs));
      lost += loss.count() == Loss.UNKNOWN_COUNT ? 1 : loss.count();
      target.discardedEvents(lost);
      target.endPacket(plan.clockValue(Math.max(beginNs, endNs)));
    }

    void close() {
      cursor.close();
    }
  }
}
