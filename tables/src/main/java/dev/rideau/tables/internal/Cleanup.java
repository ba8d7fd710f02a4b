package dev.rideau.tables.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Files and folders that must not outlive the process, also when it is told to end. Thread-safe.
public final class Cleanup {
  private static final int ATTEMPTS = 50;
  private static final Set<Path> PATHS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Cleanup::deleteAll, "rideau-database-cleanup"));
  }

  private Cleanup() {}

  /// Deletes the path when the process ends, unless [#forget] is called before.
  public static void remember(Path path) {
    PATHS.add(path);
  }

  public static void forget(Path path) {
    PATHS.remove(path);
  }

  /// Deletes the path now, with all that is in it.
  public static void delete(Path path) {
    PATHS.remove(path);
    deleteTree(path);
  }

  // Threads of the database still run and may write files while we delete: try again.
  private static void deleteAll() {
    for (Path path : PATHS) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        deleteTree(path);
        if (!Files.exists(path)) {
          break;
        }
        Thread.yield();
      }
    }
  }

  private static void deleteTree(Path path) {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        entries.forEach(Cleanup::deleteTree);
      } catch (IOException | DirectoryIteratorException goneAlready) {
        return;
      }
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      return; // a process that ends cannot do more
    }
  }
}
