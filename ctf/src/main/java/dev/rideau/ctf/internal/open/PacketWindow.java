package dev.rideau.ctf.internal.open;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// The first bytes of a packet, as many as were needed so far. One read of a few hundred bytes is
/// usually enough for header and context, so that opening does not read the files through.
final class PacketWindow {
  private static final int FIRST_BYTES = 512;

  /// No header and context may be longer; a damaged length field must not fill the memory.
  static final int MOST_BYTES = 16 << 20;

  private final FileChannel channel;
  private final long fileBytes;
  private byte[] bytes = new byte[FIRST_BYTES];
  private long offsetBytes;
  private int length;

  PacketWindow(FileChannel channel, long fileBytes) {
    this.channel = channel;
    this.fileBytes = fileBytes;
  }

  /// Moves to a packet.
  void moveTo(long packetOffsetBytes) throws IOException {
    offsetBytes = packetOffsetBytes;
    fill(0, FIRST_BYTES);
  }

  /// Reads more of the packet.
  ///
  /// @return false when the window may not grow any further
  boolean grow() throws IOException {
    if (isComplete() || length >= MOST_BYTES) {
      return false;
    }
    int before = length;
    fill(before, Math.min(MOST_BYTES, before * 4));
    return length > before;
  }

  private void fill(int from, int wanted) throws IOException {
    int capacity = (int) Math.min(wanted, fileBytes - offsetBytes);
    if (bytes.length < capacity) {
      bytes = Arrays.copyOf(bytes, capacity);
    }
    ByteBuffer target = ByteBuffer.wrap(bytes, from, capacity - from);
    length = from + FilePool.readFully(channel, offsetBytes + from, target);
  }

  /// The bytes, from the first one of the packet.
  byte[] bytes() {
    return bytes;
  }

  /// How many bytes there are.
  int length() {
    return length;
  }

  /// Whether the file ends with the window.
  boolean isComplete() {
    return offsetBytes + length >= fileBytes;
  }
}
