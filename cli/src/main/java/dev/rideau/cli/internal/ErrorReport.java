package dev.rideau.cli.internal;

import dev.rideau.tables.DatabaseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Turns whatever went wrong into a sentence for the user and an exit code.
///
/// A stack trace appears only when the environment variable `RIDEAU_DEBUG` is set.
public final class ErrorReport {
  private ErrorReport() {}

  /// Prints `failure` on standard error and returns the exit code that stands for it.
  public static int print(Console console, Throwable failure) {
    if (failure instanceof BrokenPipeException) {
      return ExitCode.OK;
    }
    PrintWriter err = console.err();
    switch (failure) {
      case CommandFailure known -> {
        line(err, "error", known.getMessage());
        if (known.advice() != null) {
          line(err, "advice", known.advice());
        }
      }
      case DatabaseException known -> {
        line(err, "error", known.getMessage());
        if (known.kind() == DatabaseException.Kind.RESOURCES) {
          line(err, "advice", "give the database more with --memory, or free space on the disk");
        }
      }
      case NoSuchFileException known -> line(err, "error", known.getFile() + ": does not exist");
      case AccessDeniedException known ->
          line(err, "error", known.getFile() + ": permission denied");
      case FileAlreadyExistsException known ->
          line(err, "error", known.getFile() + ": exists already");
      case FileSystemException known -> line(err, "error", known.getMessage());
      case IOException known -> line(err, "error", "input or output failed: " + text(known));
      case OutOfMemoryError _ -> {
        line(err, "error", "out of memory");
        line(err, "advice", "give the program more, e.g. RIDEAU_JAVA_OPTIONS=-Xmx1g");
      }
      default -> {
        line(err, "internal error", failure.getClass().getSimpleName() + ": " + text(failure));
        line(
            err,
            "advice",
            "this is a fault of rideau: report it with the output of RIDEAU_DEBUG=1");
      }
    }
    if (System.getenv("RIDEAU_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.ERROR;
  }

  private static void line(
      PrintWriter err, String kind, @org.jspecify.annotations.Nullable String text) {
    err.println("rideau: " + kind + ": " + text);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
