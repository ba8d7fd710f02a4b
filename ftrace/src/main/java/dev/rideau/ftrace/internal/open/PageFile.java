package dev.rideau.ftrace.internal.open;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// The files of a trace, opened when first read. Shared by all threads.
final class PageFile implements PageStore {
  private final Map<Path, FileChannel> channels = new HashMap<>();
  private boolean closed;

  @Override
  public int read(Path path, long positionBytes, byte[] target, int offset, int length)
      throws IOException {
    FileChannel channel = channel(path);
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, positionBytes + buffer.position() - offset);
      if (count < 0) {
        break;
      }
    }
    return buffer.position() - offset;
  }

  @Override
  public long size(Path path) throws IOException {
    return channel(path).size();
  }

  private synchronized FileChannel channel(Path path) throws IOException {
    if (closed) {
      throw new IOException("the trace was closed");
    }
    FileChannel known = channels.get(path);
    // An interrupt closes the channel that a thread reads from.
    if (known == null || !known.isOpen()) {
      known = FileChannel.open(path, StandardOpenOption.READ);
      channels.put(path, known);
    }
    return known;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
    channels.clear();
  }
}
