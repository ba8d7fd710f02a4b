package dev.rideau.tracer.internal.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The metadata of a trace, which only grows: an event class is written before its first record.
final class MetadataFile {
  private final Path path;
  private final StringBuilder text = new StringBuilder();

  MetadataFile(Path path) {
    this.path = path;
  }

  void append(String more) throws IOException {
    Files.writeString(
        path, more, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    text.append(more);
  }

  /// Writes all of it to another folder.
  void copyTo(Path folder) throws IOException {
    Files.writeString(folder.resolve(path.getFileName()), text);
  }
}
