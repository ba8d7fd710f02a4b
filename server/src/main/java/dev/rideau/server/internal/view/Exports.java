package dev.rideau.server.internal.view;

import dev.rideau.tables.TraceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that are made for one answer.
final class Exports {
  private Exports() {}

  /// Writes a file.
  @FunctionalInterface
  interface Writer {
    void write(Path file);
  }

  /// A new Parquet file; when it cannot be written, none is left behind.
  ///
  /// @return the file, to be deleted by who asks
  static Path parquet(TraceDatabase database, Writer writer) throws IOException {
    Path folder = database.spillFolder();
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "export-", ".parquet");
    boolean isWritten = false;
    try {
      writer.write(file);
      isWritten = true;
      return file;
    } finally {
      if (!isWritten) {
        Files.deleteIfExists(file);
      }
    }
  }
}
