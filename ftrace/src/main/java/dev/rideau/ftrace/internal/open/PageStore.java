package dev.rideau.ftrace.internal.open;

import java.io.IOException;
import java.nio.file.Path;

/// Where the pages of a trace are. Thread-safe.
interface PageStore extends AutoCloseable {
  /// Reads from `positionBytes` on, until `length` bytes are in `target` or the file ends.
  ///
  /// @return how many bytes were read
  int read(Path path, long positionBytes, byte[] target, int offset, int length) throws IOException;

  /// Length of a file.
  long size(Path path) throws IOException;

  @Override
  void close() throws IOException;
}
