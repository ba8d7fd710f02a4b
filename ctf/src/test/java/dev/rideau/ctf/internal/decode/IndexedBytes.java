package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the plain decoder finds in a data stream. Packets of other classes than the first are left
/// out, as a reader does.
///
/// @param stream null when not even the first packet has a header that can be read
/// @param faults the faults inside records, by their bit in the stream
record IndexedBytes(@Nullable MemoryPackets stream, List<FlatRecord> records, List<Long> faults) {
  /// Indexes the packets and decodes their records with the plain decoder.
  static IndexedBytes of(TraceClass traceClass, byte[] bytes) {
    PacketIndex.Builder packets = new PacketIndex.Builder(List.of(MemoryPackets.FILE));
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
    MemoryPackets stream =
        dataStreamClass == null || dataStreamClass.ordinal() < 0
            ? null
            : new MemoryPackets(dataStreamClass, packets.build(), bytes);
    return new IndexedBytes(stream, collector.records(), faults);
  }
}
