package dev.rideau.ctf.internal.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A data stream file that grows packet by packet.
///
/// A packet larger than the buffer goes to the file in pieces. Its first bytes, which say how long
/// it is, are kept and written again when it ends. Owned by one thread.
final class PacketFile implements Closeable {
  private final FileChannel channel;
  private long packetOffset;
  private byte @Nullable [] head;

  PacketFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Saves all whole bytes of the packet so far.
  ///
  /// @param headBits length of packet header and context
  void flush(BitWriter bits, long headBits) throws IOException {
    int count = (int) (bits.bufferedBits() >>> 3);
    if (head == null) {
      head = Arrays.copyOf(bits.bytes(), (int) ((headBits + 7) >>> 3));
    }
    write(ByteBuffer.wrap(bits.bytes(), 0, count), packetOffset + bits.flushedBytes());
    bits.drop(count);
  }

  /// Ends the packet, which is a whole number of bytes.
  void endPacket(BitWriter bits, PacketState packet) throws IOException {
    byte[] saved = head;
    packet.patch(saved == null ? bits.bytes() : saved);
    int count = (int) (bits.bufferedBits() >>> 3);
    write(ByteBuffer.wrap(bits.bytes(), 0, count), packetOffset + bits.flushedBytes());
    if (saved != null) {
      write(ByteBuffer.wrap(saved), packetOffset);
      head = null;
    }
    packetOffset += bits.flushedBytes() + count;
  }

  /// Bytes of all packets that ended.
  long lengthBytes() {
    return packetOffset;
  }

  private void write(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
