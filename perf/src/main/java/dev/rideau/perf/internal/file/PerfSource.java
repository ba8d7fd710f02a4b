package dev.rideau.perf.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of a perf.data file, or of the temporary file that its compressed records were
/// unpacked to. Shared by all threads; reads are positional.
public final class PerfSource implements AutoCloseable {
  private final Path path;
  private final Path file;
  private final boolean temporary;
  private final long lengthBytes;
  private FileChannel channel;
  private boolean closed;

  private PerfSource(Path path, Path file, boolean temporary) throws IOException {
    this.path = path;
    this.file = file;
    this.temporary = temporary;
    channel = FileChannel.open(file, StandardOpenOption.READ);
    lengthBytes = channel.size();
  }

  /// The bytes of a file.
  public static PerfSource of(Path path) throws IOException {
    return new PerfSource(path, path, false);
  }

  /// The bytes of a temporary file that was made from `path`; closing deletes it.
  public static PerfSource ofTemporary(Path path, Path file) throws IOException {
    return new PerfSource(path, file, true);
  }

  /// The file that the user knows.
  public Path path() {
    return path;
  }

  /// Length when it was opened.
  public long lengthBytes() {
    return lengthBytes;
  }

  /// Whether this is not the file itself but what was unpacked from it.
  public boolean isUnpacked() {
    return temporary;
  }

  /// Reads from `positionBytes` on until `length` bytes are there or the file ends.
  ///
  /// @return how many bytes were read
  public int read(long positionBytes, byte[] target, int at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, at, length);
    int sum = 0;
    while (buffer.hasRemaining()) {
      int count;
      try {
        count = open().read(buffer, positionBytes + sum);
      } catch (ClosedChannelException interrupted) {
        // An interrupted thread closes the channel that it reads from; others open it again.
        if (closed || Thread.currentThread().isInterrupted()) {
          throw interrupted;
        }
        continue;
      }
      if (count < 0) {
        break;
      }
      sum += count;
    }
    return sum;
  }

  private synchronized FileChannel open() throws IOException {
    if (!channel.isOpen() && !closed) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    }
    return channel;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
    if (temporary) {
      Files.deleteIfExists(file);
    }
  }
}
