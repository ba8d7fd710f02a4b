package dev.rideau.trace;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Why a file or folder could not be read, in words for the user. Names neither the file, which
/// stands in the diagnostic's [Origin], nor classes of the program.
public final class ReadFailure {
  private ReadFailure() {}

  /// The reason as it stands in brackets behind "cannot be read".
  public static String reason(Exception failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "it does not exist";
      case NotDirectoryException _ -> "it is no folder";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> {
        String message = failure.getMessage();
        yield message == null ? "input or output failed" : message;
      }
    };
  }
}
