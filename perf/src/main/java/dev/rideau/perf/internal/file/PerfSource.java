package dev.rideau.perf.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a perf.data file, or of the temporary file that its compressed records were
/// unpacked to. Shared by all threads; reads are positional.
public final class PerfSource implements AutoCloseable {
  private final Path path;
  private final boolean temporary;
  private final List<Part> parts;
  private final long lengthBytes;
  private boolean closed;

  /// A piece of a file, behind the pieces before it.
  private static final class Part {
    final Path file;
    final long offsetBytes;

    /// Position of the first byte in the whole.
    final long startBytes;

    final long lengthBytes;
    FileChannel channel;

    Part(Path file, long offsetBytes, long startBytes, long mostBytes) throws IOException {
      this.file = file;
      this.offsetBytes = offsetBytes;
      this.startBytes = startBytes;
      channel = FileChannel.open(file, StandardOpenOption.READ);
      lengthBytes = Math.clamp(channel.size() - offsetBytes, 0, mostBytes);
    }
  }

  private PerfSource(Path path, List<Part> parts, boolean temporary) {
    this.path = path;
    this.parts = parts;
    this.temporary = temporary;
    Part last = parts.getLast();
    lengthBytes = last.startBytes + last.lengthBytes;
  }

  /// The bytes of a file.
  public static PerfSource of(Path path) throws IOException {
    return of(path, path, false);
  }

  /// The bytes of a temporary file that was made from `path`; closing deletes it.
  public static PerfSource ofTemporary(Path path, Path file) throws IOException {
    return of(path, file, true);
  }

  private static PerfSource of(Path path, Path file, boolean temporary) throws IOException {
    return new PerfSource(path, List.of(new Part(file, 0, 0, Long.MAX_VALUE)), temporary);
  }

  /// The records of a folder that `perf record --threads` wrote: those of its main file, then those
  /// of the others, one behind the other.
  ///
  /// @param main the file with the header
  /// @param start first byte of the main file's records
  /// @param end behind the last of them
  /// @param others files of records only
  public static PerfSource ofFolder(Path folder, Path main, long start, long end, List<Path> others)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    try {
      parts.add(new Part(main, start, 0, end - start));
      for (Path other : others) {
        Part last = parts.getLast();
        parts.add(new Part(other, 0, last.startBytes + last.lengthBytes, Long.MAX_VALUE));
      }
    } catch (IOException failure) {
      for (Part part : parts) {
        part.channel.close();
      }
      throw failure;
    }
    return new PerfSource(folder, List.copyOf(parts), false);
  }

  /// The file that the user knows.
  public Path path() {
    return path;
  }

  /// Length when it was opened.
  public long lengthBytes() {
    return lengthBytes;
  }

  /// Where the records of each file of a folder begin, and at the end where the last of them end.
  public long[] bounds() {
    long[] bounds = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      bounds[i] = parts.get(i).startBytes;
    }
    bounds[parts.size()] = lengthBytes;
    return bounds;
  }

  /// Whether this is not the file itself but what was unpacked from it.
  public boolean isUnpacked() {
    return temporary;
  }

  /// Reads from `positionBytes` on until `length` bytes are there or the file ends.
  ///
  /// @return how many bytes were read
  public int read(long positionBytes, byte[] target, int at, int length) throws IOException {
    int sum = 0;
    for (Part part : parts) {
      long from = positionBytes + sum - part.startBytes;
      boolean isLast = part == parts.getLast();
      if (from >= 0 && sum < length && (isLast || from < part.lengthBytes)) {
        int wanted = length - sum;
        int here = isLast ? wanted : (int) Math.min(wanted, part.lengthBytes - from);
        int count = read(part, from, target, at + sum, here);
        sum += count;
        if (count < here) {
          break;
        }
      }
    }
    return sum;
  }

  private int read(Part part, long from, byte[] target, int at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, at, length);
    int sum = 0;
    while (buffer.hasRemaining()) {
      int count;
      try {
        count = open(part).read(buffer, part.offsetBytes + from + sum);
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

  private synchronized FileChannel open(Part part) throws IOException {
    if (!part.channel.isOpen() && !closed) {
      part.channel = FileChannel.open(part.file, StandardOpenOption.READ);
    }
    return part.channel;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Part part : parts) {
      part.channel.close();
    }
    if (temporary) {
      Files.deleteIfExists(parts.getFirst().file);
    }
  }
}
