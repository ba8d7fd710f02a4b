package dev.rideau.tracer.internal.buffer;

import static dev.rideau.tracer.internal.buffer.BufferDescriptor.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The end of a stream file after a kill.
public final class StreamTail {
  private StreamTail() {}

  /// Cuts off a packet that was not written to its end, and packets that the buffer will give
  /// again: those from `firstPacket` on.
  public static void cut(Path file, long firstPacket) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(PACKET_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      long size = channel.size();
      long at = 0;
      while (at + PACKET_HEADER_BYTES <= size) {
        header.clear();
        while (header.hasRemaining() && channel.read(header, at + header.position()) > 0) {
          // the rest comes with the next read
        }
        long total = header.getLong((int) AT_PACKET_TOTAL) / 8;
        boolean isWhole =
            header.getInt(0) == PACKET_MAGIC
                && total >= PACKET_HEADER_BYTES
                && total <= size - at
                && header.getLong((int) AT_PACKET_SEQUENCE) < firstPacket;
        if (!isWhole) {
          break;
        }
        at += total;
      }
      if (at < size) {
        channel.truncate(at);
      }
    }
  }
}
