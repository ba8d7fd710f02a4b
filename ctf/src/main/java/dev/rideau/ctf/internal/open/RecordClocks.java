package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.DecodeFault;
import dev.rideau.ctf.internal.decode.ElementVisitor;
import dev.rideau.ctf.internal.decode.PlainDecoder;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Decodes single packets to learn when their records happened, for tracers whose packet times
/// cannot be trusted.
final class RecordClocks {
  /// Packets are as long as a ring buffer's sub-buffer; nothing longer is read for this.
  private static final int MOST_BYTES = 64 << 20;

  /// Enough for header, context and the first record of nearly every packet.
  private static final int FIRST_RECORD_BYTES = 1 << 16;

  private RecordClocks() {}

  /// Value of the default clock after the last readable record of a packet, or after its context
  /// when it has no record; null when it cannot be read.
  static @Nullable Long last(TraceClass traceClass, PacketIndex packets, int packet) {
    PlainDecoder decoder = new PlainDecoder(traceClass, ElementVisitor.NONE);
    if (!start(decoder, packets, packet, MOST_BYTES)) {
      return null;
    }
    try {
      while (decoder.decodeRecord()) {
        // Only the clock matters.
      }
    } catch (DecodeFault fault) {
      // Whoever decodes the records reports it.
      return decoder.clockValue();
    }
    return decoder.clockValue();
  }

  /// Value of the default clock after the event header of the first record of a packet, or null.
  static @Nullable Long first(TraceClass traceClass, PacketIndex packets, int packet) {
    FirstHeader visitor = new FirstHeader();
    PlainDecoder decoder = new PlainDecoder(traceClass, visitor);
    visitor.decoder = decoder;
    if (!start(decoder, packets, packet, FIRST_RECORD_BYTES)) {
      return null;
    }
    try {
      decoder.decodeRecord();
    } catch (DecodeFault fault) {
      return visitor.clockValue;
    }
    return visitor.clockValue;
  }

  private static boolean start(
      PlainDecoder decoder, PacketIndex packets, int packet, int mostBytes) {
    long packetBytes = (packets.totalBits(packet) + 7) >>> 3;
    byte[] bytes = new byte[(int) Math.min(packetBytes, mostBytes)];
    try (FileChannel channel = FileChannel.open(packets.file(packet), StandardOpenOption.READ)) {
      int length = FilePool.readFully(channel, packets.offsetBytes(packet), ByteBuffer.wrap(bytes));
      decoder.startPacket(bytes, 0, length, true);
      decoder.setClockValue(packets.beginClockValue(packet));
      decoder.decodePacketHeader();
      decoder.setContentBits(packets.contentBits(packet));
      return true;
    } catch (IOException | DecodeFault failure) {
      return false;
    }
  }

  private static final class FirstHeader implements ElementVisitor {
    @Nullable PlainDecoder decoder;
    @Nullable Long clockValue;

    @Override
    public void recordInfo(EventClass eventClass, long bit) {
      PlainDecoder current = decoder;
      if (current != null && clockValue == null) {
        clockValue = current.clockValue();
      }
    }
  }
}
