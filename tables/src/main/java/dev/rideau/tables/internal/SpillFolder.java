package dev.rideau.tables.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// The folder into which the database puts what does not fit into memory. The database makes it
/// when it needs it.
public final class SpillFolder {
  private static final String PREFIX = "rideau-spill-";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private SpillFolder() {}

  /// A path for a new folder, deleted at the end of the process.
  public static Path create() {
    Path base = base();
    Path folder =
        base.resolve(PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.getAndIncrement());
    Cleanup.remember(folder);
    return folder;
  }

  // /tmp is often in memory, which is what has run out when this folder is needed.
  private static Path base() {
    String given = System.getenv("TMPDIR");
    if (given != null && !given.isBlank()) {
      return Path.of(given);
    }
    Path large = Path.of("/var/tmp");
    return Files.isWritable(large) ? large : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  /// Deletes what processes left behind that were killed.
  public static void deleteAbandoned() {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base(), PREFIX + "*")) {
      for (Path folder : folders) {
        String pid = folder.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
        try {
          if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
            Cleanup.delete(folder);
          }
        } catch (NumberFormatException notOurs) {
          continue;
        }
      }
    } catch (IOException | DirectoryIteratorException notNow) {
      return;
    }
  }
}
