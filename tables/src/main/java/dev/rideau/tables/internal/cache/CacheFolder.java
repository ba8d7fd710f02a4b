package dev.rideau.tables.internal.cache;

import dev.rideau.kernel.FactTable;
import dev.rideau.trace.OpenedTraces;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the facts of some traces are kept.
///
/// ```
/// .NAME.rideau-cache/KEY/facts-….duckdb       beside the trace NAME, where that can be written
/// ~/.cache/rideau/PLACE/KEY/facts-….duckdb    else; PLACE stands for the path of the trace
/// ```
///
/// KEY is [CacheKey]: facts of a trace that has changed, or of another version of the program, are
/// simply not found, and are deleted when new ones are written. A file appears under its name when
/// it is complete, in one step; so any number of processes may read and write at once.
public final class CacheFolder {
  private static final String UNFINISHED = ".unfinished-";

  private final Path beside;
  private final Path user;
  private final String key;

  private CacheFolder(Path beside, Path user, String key) {
    this.beside = beside;
    this.user = user;
    this.key = key;
  }

  /// The place for the facts of traces.
  ///
  /// @param named what the user named, the first of which decides about the place
  public static CacheFolder of(List<Path> named, OpenedTraces traces, String version)
      throws IOException {
    Path first = named.getFirst().toRealPath();
    Path parent = first.getParent();
    Path name = first.getFileName();
    Path beside =
        parent == null || name == null
            ? first.resolve(".rideau-cache")
            : parent.resolve("." + name + ".rideau-cache");
    return new CacheFolder(
        beside, userFolder().resolve(hashOf(first.toString())), CacheKey.of(traces, version));
  }

  private static Path userFolder() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path base =
        given == null || given.isBlank()
            ? Path.of(System.getProperty("user.home", "/"), ".cache")
            : Path.of(given);
    return base.resolve("rideau");
  }

  private static String hashOf(String text) {
    ContentHash hash = new ContentHash();
    hash.add(text);
    return hash.text();
  }

  /// Files that together hold as many of these tables as there are; few and small ones.
  public List<CacheFile> find(Collection<FactTable> wanted) {
    List<CacheFile> all = new ArrayList<>();
    for (Path place : List.of(beside, user)) {
      list(place.resolve(key), all);
    }
    all.sort(Comparator.comparing(file -> file.path().getFileName().toString()));
    Set<FactTable> missing = new HashSet<>(wanted);
    List<CacheFile> chosen = new ArrayList<>();
    while (!missing.isEmpty()) {
      CacheFile best = null;
      int most = 0;
      for (CacheFile file : all) {
        int helps = (int) file.tables().stream().filter(missing::contains).count();
        if (helps > most) {
          most = helps;
          best = file;
        }
      }
      if (best == null) {
        break;
      }
      chosen.add(best);
      missing.removeAll(best.tables());
    }
    return chosen;
  }

  private static void list(Path folder, List<CacheFile> into) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        CacheFile file = CacheFile.of(entry);
        if (file != null) {
          into.add(file);
        } else if (!isUnfinished(entry) || isAbandoned(entry)) {
          Files.deleteIfExists(entry); // cut off, blown up, or left by a process that was killed
        }
      }
    } catch (IOException | DirectoryIteratorException nothingThere) {
      return;
    }
  }

  /// Begins a file: the path to write to, or null when no place can be written.
  public @Nullable Path begin() {
    for (Path place : List.of(beside, user)) {
      Path folder = place.resolve(key);
      try {
        Files.createDirectories(folder);
        Path path = folder.resolve(UNFINISHED + ProcessHandle.current().pid() + "-" + nextNumber());
        Files.createFile(path);
        Files.delete(path); // it was about whether it can be made
        return path;
      } catch (IOException readOnly) {
        continue;
      }
    }
    return null;
  }

  private static int number;

  private static synchronized int nextNumber() {
    return number++;
  }

  /// Gives a finished file its name, and deletes what has become useless in the same place.
  public void finish(Path path, Collection<FactTable> tables) throws IOException {
    Path target = path.resolveSibling(CacheFile.name(tables, Files.size(path)));
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    Path folder = path.getParent();
    Path place = folder == null ? null : folder.getParent();
    if (place != null) {
      deleteOldKeys(place);
    }
  }

  /// Deletes a file that was begun.
  public static void abandon(Path path) {
    for (String suffix : List.of("", ".wal")) {
      delete(path.resolveSibling(path.getFileName() + suffix));
    }
    Path folder = path.getParent();
    if (folder != null) {
      deleteIfEmpty(folder);
      Path place = folder.getParent();
      if (place != null) {
        deleteIfEmpty(place);
      }
    }
  }

  /// Deletes a file that turned out to be damaged.
  public static void discard(CacheFile file) {
    delete(file.path());
  }

  // Folders of other keys, and files that a process began that lives no more.
  private void deleteOldKeys(Path place) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(place)) {
      for (Path folder : folders) {
        boolean isOld = !folder.getFileName().toString().equals(key);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            if (isAbandoned(file) || (isOld && !isUnfinished(file))) {
              delete(file);
            }
          }
        }
        deleteIfEmpty(folder);
      }
    } catch (IOException | DirectoryIteratorException inUse) {
      return;
    }
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().startsWith(UNFINISHED);
  }

  private static boolean isAbandoned(Path file) {
    if (!isUnfinished(file)) {
      return false;
    }
    String pid = file.getFileName().toString().substring(UNFINISHED.length()).split("-", 2)[0];
    try {
      return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    } catch (NumberFormatException notOurs) {
      return false;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // Nothing depends on it.
      return;
    }
  }

  private static void deleteIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException inUse) {
      return;
    }
  }
}
