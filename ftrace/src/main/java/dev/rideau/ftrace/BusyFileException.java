package dev.rideau.ftrace;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// Somebody else writes the file.
public final class BusyFileException extends FileSystemException {
  @Serial private static final long serialVersionUID = 1;

  BusyFileException(Path file) {
    super(file.toString(), null, "another recording writes it");
  }
}
