package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.layout.TracerLayouts;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.kernel.internal.track.RecordHandler;
import dev.rideau.trace.Batch;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.BlockSource;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.StructColumn;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Reads the part of one data stream that lies in a range of time, and knows who handles its
/// records. Kept by a worker for all its ranges.
final class StreamReader implements BlockSource<RecordBlock>, AutoCloseable {
  /// Handles records that nobody wants.
  static final RecordHandler NOBODY = (_, _, _) -> {};

  /// CPU numbers above this are not believed.
  private static final int MOST_CPUS = 1 << 16;

  private final DataStream stream;
  private final PacketIndex packets;
  private final boolean canCut;
  private final Handlers handlers;
  private final TracerLayout layout;
  private final @Nullable EventUse[] uses;
  private final BlockCursor cursor;
  private final LongConsumer progress;
  private final @Nullable RecordHandler[] byClass;
  private final @Nullable OwnThread[] ownThreads;
  private final boolean withOwnThreads;
  private final long[] counts;
  private int lastPacket = -1;
  private int firstCounted;
  private int cpu;

  StreamReader(
      DataStream stream,
      KernelStreams streams,
      Handlers handlers,
      Projection projection,
      boolean canCut,
      boolean withOwnThreads,
      DiagnosticSink diagnostics,
      LongConsumer progress) {
    this.stream = stream;
    this.canCut = canCut;
    this.withOwnThreads = withOwnThreads && OwnThread.isIn(stream.dataStreamClass());
    this.handlers = handlers;
    this.progress = progress;
    packets = stream.packets();
    layout = KernelStreams.layout(stream.trace());
    uses = streams.uses(stream);
    cursor = stream.cursor(0, 0, projection, diagnostics);
    byClass = new RecordHandler[uses.length];
    ownThreads = new OwnThread[uses.length];
    counts = new long[uses.length];
  }

  /// Starts with a range.
  void start(TimeRange range) {
    int first = 0;
    int end = packets.size();
    if (canCut) {
      while (first < end && packets.endNs(first) < range.fromNs()) {
        first++;
      }
      end = first;
      while (end < packets.size() && packets.beginNs(end) < range.toNs()) {
        end++;
      }
    }
    cursor.restart(first, end);
    lastPacket = -1;
    firstCounted = first;
    if (canCut && first < end && packets.beginNs(first) < range.fromNs()) {
      // The range before told this packet to the progress.
      firstCounted++;
    }
  }

  @Override
  public @Nullable RecordBlock next() {
    RecordBlock block = cursor.next();
    if (block != null && block.packet() != lastPacket) {
      lastPacket = block.packet();
      cpu = cpuOf(block, stream);
      if (lastPacket >= firstCounted) {
        progress.accept(packets.totalBits(lastPacket) >>> 3);
      }
    }
    return block;
  }

  /// The CPU that recorded a block.
  static int cpuOf(RecordBlock block, DataStream stream) {
    int told = toldCpu(block);
    return told >= 0 ? told : stream.ordinal();
  }

  /// The CPU that a block says it was recorded on, or -1.
  static int toldCpu(RecordBlock block) {
    StructColumn context = block.packetContext();
    if (context != null && context.member("cpu_id") instanceof LongColumn column) {
      long number = column.value(0);
      if (number >= 0 && number < MOST_CPUS) {
        return (int) number;
      }
    }
    return -1;
  }

  /// The CPU of the block that was read last.
  int cpu() {
    return cpu;
  }

  /// Number of records by class.
  long[] counts() {
    return counts;
  }

  DataStream stream() {
    return stream;
  }

  /// Who handles records of a class, which is in the block.
  RecordHandler handler(RecordBlock block, int eventClass) {
    RecordHandler handler = byClass[eventClass];
    return handler == null ? bind(block, eventClass) : handler;
  }

  private RecordHandler bind(RecordBlock block, int eventClass) {
    EventUse use = uses[eventClass];
    Batch batch = block.batch(eventClass);
    RecordHandler handler =
        use == null || batch == null || !handlers.wants(use.event())
            ? NOBODY
            : handlers.make(
                use.event(),
                new RecordFields(layout, use, batch, TracerLayouts.architecture(stream.trace())));
    byClass[eventClass] = handler;
    if (withOwnThreads && use != null && batch != null) {
      ownThreads[eventClass] = OwnThread.of(new RecordFields(layout, use, batch, ""), use.event());
    }
    return handler;
  }

  /// Which threads run before and behind records of a class, or null when they do not tell; after
  /// [#handler].
  @Nullable OwnThread ownThread(int eventClass) {
    return ownThreads[eventClass];
  }

  /// Finds who was seen last before `ns`, by the last record that tells; before [#start].
  void lookBack(long ns, Seen seen) {
    if (!withOwnThreads || !canCut || ns == Long.MIN_VALUE) {
      return;
    }
    int packet = packets.size() - 1;
    while (packet >= 0 && packets.beginNs(packet) >= ns) {
      packet--;
    }
    for (boolean isFound = false; packet >= 0 && !isFound; packet--) {
      cursor.restart(packet, packet + 1);
      for (RecordBlock block = cursor.next(); block != null; block = cursor.next()) {
        isFound |= lookAt(block, ns, seen);
      }
    }
  }

  private boolean lookAt(RecordBlock block, long ns, Seen seen) {
    int blockCpu = cpuOf(block, stream);
    boolean isFound = false;
    for (int i = 0; i < block.size() && block.timestampsNs()[i] < ns; i++) {
      int eventClass = block.eventClasses()[i];
      handler(block, eventClass);
      OwnThread threads = ownThreads[eventClass];
      int row = block.rows()[i];
      if (threads != null && threads.tells(row)) {
        isFound = true;
        long ts = block.timestampsNs()[i];
        if (ts >= seen.ts(blockCpu)) {
          seen.see(blockCpu, threads.after(row), ts);
        }
      }
    }
    return isFound;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
