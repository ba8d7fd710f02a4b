package dev.rideau.server.internal.view;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Memory in a file that is deleted at once: the heap stays small, and the system may take the
/// memory back when it needs it. Grows piece by piece. One thread lets it grow.
final class MappedFile implements AutoCloseable {
  private static final byte[] ZEROS = new byte[1 << 20];

  private final Arena arena = Arena.ofShared();
  private final FileChannel channel;
  private long sizeBytes;

  MappedFile(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "rideau-", ".states");
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// The next piece, all zeros.
  ///
  /// @throws IOException when the disk is full: found out here, by writing, since a mapping that
  ///   finds no room would end the program
  MemorySegment grow(long bytes) throws IOException {
    long begin = sizeBytes;
    long left = bytes;
    while (left > 0) {
      ByteBuffer zeros = ByteBuffer.wrap(ZEROS, 0, (int) Math.min(left, ZEROS.length));
      int written = channel.write(zeros, sizeBytes);
      sizeBytes += written;
      left -= written;
    }
    return channel.map(FileChannel.MapMode.READ_WRITE, begin, bytes, arena);
  }

  /// Frees the memory; whoever reads it still gets an exception.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // The file is deleted with the process at the latest.
      return;
    } finally {
      arena.close();
    }
  }
}
