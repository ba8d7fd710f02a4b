package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a record, and where: the fast path only knows that something is. Reads
/// the record again and lets [PlainDecoder] decode it.
final class FaultFinder {
  private static final int LEAST_BYTES = 64 * 1024;

  private final TraceClass traceClass;
  private final PacketIndex packets;
  private final PacketBytes source;
  private final int mostBytes;

  /// @param mostBytes how many bytes of a record may be looked at
  FaultFinder(TraceClass traceClass, PacketIndex packets, PacketBytes source, int mostBytes) {
    this.traceClass = traceClass;
    this.packets = packets;
    this.source = source;
    this.mostBytes = mostBytes;
  }

  /// Looks at the packet's header and context, and if they are good at a record.
  ///
  /// @param position bit of the packet where the record starts, 0 when there is none because header
  ///   or context are bad
  /// @param lastByteOrder byte order of the bit array before the record, null when there is none
  /// @return null when nothing seems to be wrong
  @Nullable DecodeFault find(int packet, long position, @Nullable ByteOrder lastByteOrder) {
    int length = LEAST_BYTES;
    while (true) {
      DecodeFault fault = find(packet, position, lastByteOrder, length);
      if (fault == null || fault.kind() != FaultKind.NEEDS_MORE_BYTES || length >= mostBytes) {
        return fault;
      }
      length *= 4;
    }
  }

  private @Nullable DecodeFault find(
      int packet, long position, @Nullable ByteOrder lastByteOrder, int lengthBytes) {
    PlainDecoder decoder = new PlainDecoder(traceClass, ElementVisitor.NONE);
    byte[] bytes = new byte[lengthBytes];
    try {
      int head = read(packet, 0, bytes);
      decoder.startPacket(bytes, 0, head, isComplete(packet, head, lengthBytes));
      boolean saysLength = decoder.decodePacketHeader().contentBits() != null;
      long contentBits = packets.contentBits(packet);
      if (position == 0 && contentBits < decoder.position()) {
        return new DecodeFault(
            FaultKind.CONTENT_TOO_SMALL,
            "packet content length of %d bits is less than its header and context need (%d bits)"
                .formatted(contentBits, decoder.position()),
            decoder.position());
      }
      if (saysLength || contentBits < packets.totalBits(packet)) {
        // Else the content ends with the data, and it is the data that end too early.
        decoder.setContentBits(contentBits);
      }
      long firstByte = position >>> 3;
      int length = read(packet, firstByte, bytes);
      decoder.continueAt(
          bytes,
          firstByte << 3,
          length,
          isComplete(packet, firstByte + length, firstByte + lengthBytes),
          position == 0 ? decoder.position() : position,
          lastByteOrder);
      if (decoder.decodeRecord()) {
        return null;
      }
      return new DecodeFault(
          FaultKind.BEYOND_DATA,
          "the data end here but the packet goes on for %d bits"
              .formatted(contentBits - decoder.position()),
          decoder.position());
    } catch (DecodeFault fault) {
      return fault;
    }
  }

  private int read(int packet, long offsetBytes, byte[] bytes) {
    long rest = ((packets.totalBits(packet) + 7) >>> 3) - offsetBytes;
    int wanted = (int) Math.min(bytes.length, rest);
    return wanted <= 0 ? 0 : source.read(packet, offsetBytes, bytes, 0, wanted);
  }

  private boolean isComplete(int packet, long endBytes, long wantedEndBytes) {
    return endBytes < wantedEndBytes || endBytes << 3 >= packets.contentBits(packet);
  }
}
