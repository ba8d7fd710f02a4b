package dev.rideau.ftrace.internal.open;

import dev.rideau.ftrace.internal.file.Codec;
import dev.rideau.ftrace.internal.ring.PageBytes;
import dev.rideau.ftrace.internal.ring.RingBlockCursor;
import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.Column;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Loss;
import dev.rideau.trace.Origin;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.ReadFailure;
import dev.rideau.trace.StructColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ring buffer of one CPU as a data stream. Immutable.
final class RingDataStream implements DataStream {
  private final RingTrace trace;
  private final DataStreamClass dataStreamClass;
  private final int ordinal;
  private final StreamDraft draft;
  private final List<Loss> losses;

  /// What pages say of events missed before them, by packet.
  private final Map<Integer, Long> missed = new HashMap<>();

  RingDataStream(RingTrace trace, DataStreamClass dataStreamClass, int ordinal, StreamDraft draft) {
    this.trace = trace;
    this.dataStreamClass = dataStreamClass;
    this.ordinal = ordinal;
    this.draft = draft;
    losses = findLosses();
    draft.gaps().forEach(gap -> missed.put(gap.packet(), gap.count()));
  }

  long missedBefore(int packet) {
    return missed.getOrDefault(packet, 0L);
  }

  private List<Loss> findLosses() {
    PacketIndex packets = draft.packets();
    List<Gap> gaps = new ArrayList<>(draft.gaps());
    if (draft.overrun() == 0) {
      // A flight recorder's: older events made room for newer ones.
      gaps.removeIf(gap -> gap.packet() == 0);
    }
    List<Loss> found = new ArrayList<>();
    for (Gap gap : counted(gaps, draft.overrun())) {
      int packet = gap.packet();
      boolean first = packet == 0;
      found.add(
          new Loss(
              Loss.Kind.DISCARDED_EVENTS,
              this,
              gap.count(),
              packet,
              first ? PacketIndex.UNKNOWN : packets.endNs(packet - 1),
              first ? PacketIndex.UNKNOWN : packets.beginNs(packet)));
    }
    int last = packets.size() - 1;
    if (draft.dropped() > 0 && last >= 0) {
      found.add(
          new Loss(
              Loss.Kind.DISCARDED_EVENTS,
              this,
              draft.dropped(),
              last,
              packets.beginNs(0),
              packets.endNs(last)));
    }
    return List.copyOf(found);
  }

  /// Pages that are full have no room to say how many events are missing before them, but the
  /// kernel counted all. So that the sum is right, what no page tells is shared equally by these
  /// gaps.
  private static List<Gap> counted(List<Gap> gaps, long overrun) {
    long told = 0;
    int silent = 0;
    for (Gap gap : gaps) {
      if (gap.count() == Loss.UNKNOWN_COUNT) {
        silent++;
      } else {
        told += gap.count();
      }
    }
    long rest = overrun - told;
    if (silent == 0 || rest < silent) {
      return gaps;
    }
    List<Gap> counted = new ArrayList<>();
    for (Gap gap : gaps) {
      if (gap.count() == Loss.UNKNOWN_COUNT) {
        long share = rest / silent--;
        counted.add(new Gap(gap.packet(), share));
        rest -= share;
      } else {
        counted.add(gap);
      }
    }
    return counted;
  }

  @Override
  public RingTrace trace() {
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
    return (long) draft.data().cpu();
  }

  @Override
  public long number() {
    return draft.data().cpu();
  }

  @Override
  public String name() {
    String cpu = "cpu" + draft.data().cpu();
    return draft.buffer().name().isEmpty()
        ? cpu
        : draft.buffer().name().replace('/', '_') + "-" + cpu;
  }

  @Override
  public PacketIndex packets() {
    return draft.packets();
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
    return new RingBlockCursor(
        this,
        pages(diagnostics),
        trace.classes(),
        trace.file().layout(),
        draft.buffer().pageBytes(),
        trace.file().abi().byteOrder(),
        trace.clock(),
        row(trace.traceClass().packetHeader(), dataStreamClass.id()),
        row(dataStreamClass.packetContext(), draft.data().cpu()),
        projection,
        firstPacket,
        endPacket,
        diagnostics);
  }

  /// A structure whose first member is an integer; further ones are zero.
  private static StructColumn row(FieldClass.@Nullable Structure structure, long value) {
    if (structure == null) {
      throw new IllegalStateException("packets without header or context");
    }
    StructColumn columns = (StructColumn) Column.of(structure);
    columns.ensureCapacity(1);
    if (columns.member(0) instanceof LongColumn integers) {
      integers.values()[0] = value;
    }
    return columns;
  }

  private PageBytes pages(DiagnosticSink diagnostics) {
    ChunkTable chunks = draft.chunks();
    Codec codec = trace.file().codec();
    return chunks == null || codec == null
        ? (packet, target) -> readPlain(packet, target, diagnostics)
        : new UnpackedPages(chunks, codec, diagnostics);
  }

  private int readPlain(int packet, byte[] target, DiagnosticSink diagnostics) {
    PacketIndex packets = packets();
    int length = (int) (packets.totalBits(packet) >>> 3);
    return read(packet, packets.offsetBytes(packet), target, length, diagnostics);
  }

  private int read(int packet, long offset, byte[] target, int length, DiagnosticSink diagnostics) {
    try {
      return trace.files().read(draft.data().file(), offset, target, 0, length);
    } catch (IOException failure) {
      diagnostics.report(
          Diagnostic.error(
              "unreadable-file",
              "the file cannot be read (%s)".formatted(ReadFailure.reason(failure)),
              Origin.ofBit(draft.data().file(), name(), packet, offset * 8),
              "Check its permissions and the disk; records before are good."));
      return 0;
    }
  }

  /// Unpacks chunk by chunk; keeps the last one, of which the next packet may be a part too.
  private final class UnpackedPages implements PageBytes {
    private final ChunkTable chunks;
    private final Codec codec;
    private final DiagnosticSink diagnostics;
    private byte[] packed = new byte[0];
    private byte[] unpacked = new byte[0];
    private int current = -1;

    UnpackedPages(ChunkTable chunks, Codec codec, DiagnosticSink diagnostics) {
      this.chunks = chunks;
      this.codec = codec;
      this.diagnostics = diagnostics;
    }

    @Override
    public int read(int packet, byte[] target) {
      int chunk = chunks.chunkOf(packet);
      if (chunk != current && !unpack(packet, chunk)) {
        current = -1;
        return 0;
      }
      int length = (int) (packets().totalBits(packet) >>> 3);
      System.arraycopy(unpacked, chunks.offsetOf(packet), target, 0, length);
      return length;
    }

    private boolean unpack(int packet, int chunk) {
      int length = chunks.packedBytes(chunk);
      if (packed.length < length) {
        packed = new byte[length];
      }
      if (unpacked.length != chunks.unpackedBytes(chunk)) {
        unpacked = new byte[chunks.unpackedBytes(chunk)];
      }
      int got =
          RingDataStream.this.read(packet, chunks.offsetBytes(chunk), packed, length, diagnostics);
      if (got < length || !codec.unpack(packed, length, unpacked)) {
        return false;
      }
      current = chunk;
      return true;
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
