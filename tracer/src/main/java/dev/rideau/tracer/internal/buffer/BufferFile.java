package dev.rideau.tracer.internal.buffer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A mapped file of zeros whose blocks exist: a full disk is found here, and not by a fault in the
/// middle of a store.
///
/// The mapping ends when nothing refers to it any more, so a late writer never meets a hole.
public record BufferFile(Path path, MemorySegment memory) {
  private static final int BLOCK_BYTES = 1 << 16;

  /// Makes files of one size. All blocks of all of them are there before the first one is mapped: a
  /// file that is deleted takes room until its mapping ends.
  ///
  /// @throws IOException when there is no room; none of the files is left then
  public static List<BufferFile> create(List<Path> paths, long bytes) throws IOException {
    try {
      for (Path path : paths) {
        allocate(path, bytes);
      }
      List<BufferFile> files = new ArrayList<>();
      for (Path path : paths) {
        files.add(map(path, bytes));
      }
      return files;
    } catch (IOException failure) {
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
      throw failure;
    }
  }

  private static void allocate(Path path, long bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK_BYTES);
      for (long at = 0; at < bytes; ) {
        zeros.position(0).limit((int) Math.min(BLOCK_BYTES, bytes - at));
        at += file.write(zeros, at);
      }
    }
  }

  private static BufferFile map(Path path, long bytes) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new BufferFile(path, file.map(MapMode.READ_WRITE, 0, bytes, Arena.ofAuto()));
    }
  }

  /// Maps a file that exists, to look at it.
  static BufferFile open(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new BufferFile(path, file.map(MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto()));
    }
  }
}
