package dev.rideau.trace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Folders that a test makes, changes and deletes.
public final class TestFolders {
  private TestFolders() {}

  /// Copies a folder with all that is in it; the copy may be written whatever `from` allows.
  public static void copy(Path from, Path to) throws IOException {
    copy(from, to, bytes -> bytes);
  }

  /// Copies a folder with all that is in it, each file as `change` makes it.
  public static void copy(Path from, Path to, UnaryOperator<byte[]> change) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, change.apply(Files.readAllBytes(file)));
        }
      }
    }
  }

  /// Deletes a folder with all that is in it, where no extension cares for it.
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
