package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BlockCursor;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.DiagnosticSink;
import dev.rideau.trace.Loss;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Trace;
import dev.rideau.trace.TraceClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data stream in memory, indexed by the plain decoder.
final class BytesStream implements DataStream, PacketBytes {
  private final TraceClass traceClass;
  private final DataStreamClass dataStreamClass;
  private final byte[] bytes;
  private final PacketIndex packets;

  private BytesStream(
      TraceClass traceClass, DataStreamClass dataStreamClass, byte[] bytes, PacketIndex packets) {
    this.traceClass = traceClass;
    this.dataStreamClass = dataStreamClass;
    this.bytes = bytes;
    this.packets = packets;
  }

  /// What the plain decoder finds in the stream. Packets of other classes than the first are left
  /// out, as a reader does.
  ///
  /// @param stream null when not even the first packet has a header that can be read
  /// @param faults the faults inside records, by their bit in the stream
  record Indexed(@Nullable BytesStream stream, List<FlatRecord> records, List<Long> faults) {}

  /// Indexes the packets and decodes their records with the plain decoder.
  static Indexed index(TraceClass traceClass, byte[] bytes) {
    PacketIndex.Builder packets = new PacketIndex.Builder(List.of(Path.of("stream")));
    FlatRecord.Collector collector = new FlatRecord.Collector();
    PlainDecoder decoder = new PlainDecoder(traceClass, collector);
    List<Long> faults = new ArrayList<>();
    DataStreamClass dataStreamClass = null;
    long offset = 0;
    while (offset < bytes.length) {
      collector.startPacketAt(offset * 8);
      decoder.startPacket(bytes, (int) offset, (int) (bytes.length - offset), true);
      PacketInfo info;
      try {
        info = decoder.decodePacketHeader();
      } catch (DecodeFault fault) {
        break;
      }
      if (dataStreamClass != null && info.dataStreamClass().id() != dataStreamClass.id()) {
        break;
      }
      dataStreamClass = info.dataStreamClass();
      Long total = info.totalBits();
      long rest = (bytes.length - offset) * 8;
      long totalBits = total != null ? total : rest;
      Long content = info.contentBits();
      int packet = packets.add(0, offset, totalBits, content != null ? content : totalBits);
      Long begin = info.beginClockValue();
      if (begin != null) {
        packets.begin(packet, begin, 0);
      }
      try {
        boolean more = true;
        while (more) {
          more = decoder.decodeRecord();
        }
      } catch (DecodeFault fault) {
        faults.add(offset * 8 + fault.offsetBits());
      }
      offset += (totalBits + 7) >>> 3;
    }
    BytesStream stream =
        dataStreamClass == null || dataStreamClass.ordinal() < 0
            ? null
            : new BytesStream(traceClass, dataStreamClass, bytes, packets.build());
    return new Indexed(stream, collector.records(), faults);
  }

  @Override
  public int read(int packet, long offsetBytes, byte[] target, int at, int lengthBytes) {
    long from = packets.offsetBytes(packet) + offsetBytes;
    int length = (int) Math.max(0, Math.min(lengthBytes, bytes.length - from));
    System.arraycopy(bytes, (int) Math.min(from, bytes.length), target, at, length);
    return length;
  }

  @Override
  public Trace trace() {
    throw new UnsupportedOperationException("no trace around this stream");
  }

  @Override
  public DataStreamClass dataStreamClass() {
    return dataStreamClass;
  }

  @Override
  public int ordinal() {
    return 0;
  }

  @Override
  public @Nullable Long id() {
    return null;
  }

  @Override
  public long number() {
    return 0;
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public PacketIndex packets() {
    return packets;
  }

  @Override
  public List<Loss> losses() {
    return List.of();
  }

  @Override
  public boolean hasIndependentPackets() {
    return true;
  }

  @Override
  public BlockCursor cursor(
      int firstPacket, int endPacket, Projection projection, DiagnosticSink diagnostics) {
    StreamProcedures procedures = new StreamProcedures(traceClass, dataStreamClass, projection);
    return new CtfBlockCursor(this, this, procedures, firstPacket, endPacket, diagnostics);
  }
}
