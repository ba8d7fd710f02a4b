package dev.rideau.ftrace.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/// Reads numbers and texts one behind the other, from a file or from bytes, never beyond the end.
///
/// Not thread-safe.
final class ByteInput {
  private static final int WINDOW_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final long endBytes;
  private ByteBuffer window;
  private long windowStart;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private final boolean inMemory;

  /// A whole file.
  ByteInput(FileChannel channel) throws IOException {
    this.channel = channel;
    endBytes = channel.size();
    window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
    inMemory = false;
  }

  /// Bytes of a section that was unpacked.
  ByteInput(FileChannel channel, byte[] bytes, ByteOrder order) {
    this.channel = channel;
    endBytes = bytes.length;
    window = ByteBuffer.wrap(bytes);
    inMemory = true;
    order(order);
  }

  void order(ByteOrder order) {
    this.order = order;
    window.order(order);
  }

  /// Next byte to read.
  long position() {
    return windowStart + window.position();
  }

  long remaining() {
    return endBytes - position();
  }

  void position(long position) throws IOException, TruncatedException {
    if (position < 0 || position > endBytes) {
      throw new TruncatedException(position);
    }
    long inside = position - windowStart;
    if (inside >= 0 && inside <= window.limit()) {
      window.position((int) inside);
    } else {
      windowStart = position;
      window.limit(0).position(0);
    }
  }

  void skip(long bytes) throws IOException, TruncatedException {
    if (bytes < 0 || bytes > remaining()) {
      throw new TruncatedException(endBytes);
    }
    position(position() + bytes);
  }

  int read1() throws IOException, TruncatedException {
    need(1);
    return window.get() & 0xFF;
  }

  int read2() throws IOException, TruncatedException {
    need(2);
    return window.getShort() & 0xFFFF;
  }

  int read4() throws IOException, TruncatedException {
    need(4);
    return window.getInt();
  }

  long read8() throws IOException, TruncatedException {
    need(8);
    return window.getLong();
  }

  byte[] bytes(long length) throws IOException, TruncatedException {
    if (length < 0 || length > remaining() || length > Integer.MAX_VALUE - 16) {
      throw new TruncatedException(endBytes);
    }
    byte[] bytes = new byte[(int) length];
    int done = 0;
    while (done < bytes.length) {
      need(1);
      int count = Math.min(window.remaining(), bytes.length - done);
      window.get(bytes, done, count);
      done += count;
    }
    return bytes;
  }

  String text(long length) throws IOException, TruncatedException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /// Text up to a zero byte, which is taken too.
  String terminated(int most) throws IOException, TruncatedException {
    StringBuilder text = new StringBuilder();
    for (int c = read1(); c != 0; c = read1()) {
      if (text.length() >= most) {
        throw new TruncatedException(position());
      }
      text.append((char) c);
    }
    return text.toString();
  }

  private void need(int bytes) throws IOException, TruncatedException {
    if (window.remaining() >= bytes) {
      return;
    }
    long start = position();
    if (inMemory || endBytes - start < bytes) {
      throw new TruncatedException(endBytes);
    }
    ByteBuffer fresh = ByteBuffer.allocate(WINDOW_BYTES).order(order);
    long at = start;
    while (fresh.hasRemaining()) {
      int count = channel.read(fresh, at);
      if (count < 0) {
        break;
      }
      at += count;
    }
    window = fresh.flip();
    windowStart = start;
    if (window.remaining() < bytes) {
      throw new TruncatedException(at);
    }
  }
}
