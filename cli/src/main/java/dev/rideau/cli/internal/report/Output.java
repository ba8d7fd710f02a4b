package dev.rideau.cli.internal.report;

import dev.rideau.cli.internal.CommandFailure;
import dev.rideau.cli.internal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where answers go: standard output or a file.
public final class Output implements AutoCloseable {
  private final PrintWriter writer;
  private final @Nullable Path file;

  private Output(PrintWriter writer, @Nullable Path file) {
    this.writer = writer;
    this.file = file;
  }

  /// Opens the file; null means standard output.
  public static Output open(Console console, @Nullable Path file) throws IOException {
    return file == null
        ? new Output(console.out(), null)
        : new Output(new PrintWriter(Files.newBufferedWriter(file)), file);
  }

  public PrintWriter writer() {
    return writer;
  }

  @Override
  public void close() {
    if (file != null) {
      writer.close();
      if (writer.checkError()) {
        throw new CommandFailure(file + ": cannot be written", "check that the disk has space");
      }
    }
  }
}
