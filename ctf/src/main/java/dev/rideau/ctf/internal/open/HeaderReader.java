package dev.rideau.ctf.internal.open;

import dev.rideau.ctf.internal.decode.DecodeFault;
import dev.rideau.ctf.internal.decode.FaultKind;
import dev.rideau.ctf.internal.decode.PacketInfo;
import dev.rideau.ctf.internal.decode.PlainDecoder;
import dev.rideau.trace.TraceClass;
import java.io.IOException;
import java.nio.channels.FileChannel;

/// Decodes packet headers and contexts anywhere in one open file. Owned by one thread.
final class HeaderReader {
  private final PacketWindow window;
  private final HeaderListener listener = new HeaderListener();
  private final PlainDecoder decoder;

  HeaderReader(FileChannel channel, long fileBytes, TraceClass traceClass) {
    window = new PacketWindow(channel, fileBytes);
    decoder = PlainDecoder.ofPacketHeaders(traceClass, listener);
  }

  /// Decodes the header and the context of the packet at `offsetBytes`.
  ///
  /// @param clockValue value of the default clock before
  PacketInfo read(long offsetBytes, long clockValue) throws IOException, DecodeFault {
    window.moveTo(offsetBytes);
    while (true) {
      try {
        decoder.startPacket(window.bytes(), 0, window.length(), window.isComplete());
        decoder.setClockValue(clockValue);
        listener.startPacket();
        return decoder.decodePacketHeader();
      } catch (DecodeFault fault) {
        if (fault.kind() != FaultKind.NEEDS_MORE_BYTES) {
          throw fault;
        }
        if (!window.grow()) {
          throw new DecodeFault(
              FaultKind.TOO_LONG,
              "packet header and context are longer than %d bytes".formatted(window.length()),
              fault.offsetBits());
        }
      }
    }
  }

  /// What [PacketInfo] does not tell of the packets that were read.
  HeaderListener listener() {
    return listener;
  }
}
