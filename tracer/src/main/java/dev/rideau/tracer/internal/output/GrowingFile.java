package dev.rideau.tracer.internal.output;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A text that only grows, by whole pieces: the metadata of a trace, in which an event class stands
/// before its first record, and the layouts for recovery. What does not fit onto the disk leaves it
/// as it was. Events may be declared by any thread while a snapshot is taken.
final class GrowingFile {
  private final Path path;
  private final StringBuilder text = new StringBuilder();

  /// Nothing is created yet.
  GrowingFile(Path path) {
    this.path = path;
  }

  synchronized void append(String more) throws IOException {
    append(path, more);
    text.append(more);
  }

  /// Adds what comes after the first characters to the file of the same name in another folder.
  ///
  /// @return how many characters that file has now
  synchronized int copyTo(Path folder, int from) throws IOException {
    append(folder.resolve(path.getFileName()), text.substring(from));
    return text.length();
  }

  // Not by a channel, which an interrupt of the calling thread would close.
  private static void append(Path path, String more) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      long begin = file.length();
      file.seek(begin);
      try {
        file.write(more.getBytes(StandardCharsets.UTF_8));
      } catch (IOException failure) {
        try {
          file.setLength(begin);
        } catch (IOException alsoFailed) {
          failure.addSuppressed(alsoFailed);
        }
        throw failure;
      }
    }
  }
}
