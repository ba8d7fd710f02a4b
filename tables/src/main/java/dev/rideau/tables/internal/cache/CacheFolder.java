package dev.rideau.tables.internal.cache;

import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.tables.internal.Cleanup;
import dev.rideau.tables.internal.store.FactIndex;
import dev.rideau.trace.TraceInput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the facts of some traces are kept.
///
/// ```
/// .NAME.rideau-cache/KEY/facts-TABLES/       beside the trace NAME, where that can be written
/// ~/.cache/rideau/PLACE/KEY/facts-TABLES/    else; PLACE stands for the path of the trace
/// ```
///
/// TABLES are hexadecimal: bit i stands for `FactTables.ALL[i]`. KEY is [CacheKey]: facts of a
/// trace that has changed, or of another version of the program, are simply not found, and are
/// deleted when new ones are written. A folder appears under its name when it is complete, in one
/// step; so any number of processes may read and write at once.
public final class CacheFolder {
  private static final String UNFINISHED = ".unfinished-";
  private static final String FINISHED = "facts-";

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
  /// @param traces what was found there
  public static CacheFolder of(List<Path> named, List<TraceInput> traces, String version)
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

  /// Whether there are any facts and those who opened the traces to make them had nothing to tell.
  /// Whoever finds all facts here need not open the traces.
  public boolean isOfQuietTraces() {
    return all().stream().anyMatch(facts -> facts.index().isOfQuietTraces());
  }

  /// Folders that together hold as many of these tables as there are; few ones.
  public List<KeptFacts> find(Collection<FactTable> wanted) {
    List<KeptFacts> all = all();
    Set<FactTable> missing = new HashSet<>(wanted);
    List<KeptFacts> chosen = new ArrayList<>();
    while (!missing.isEmpty()) {
      KeptFacts best = null;
      int most = 0;
      for (KeptFacts facts : all) {
        int helps = (int) facts.tables().stream().filter(missing::contains).count();
        if (helps > most) {
          most = helps;
          best = facts;
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

  private List<KeptFacts> all() {
    List<KeptFacts> all = new ArrayList<>();
    for (Path place : List.of(beside, user)) {
      list(place.resolve(key), all);
    }
    all.sort((left, right) -> left.folder().compareTo(right.folder()));
    return all;
  }

  private static void list(Path place, List<KeptFacts> into) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        boolean isUnfinished = isUnfinished(entry);
        FactIndex index = isUnfinished ? null : FactIndex.read(entry);
        if (index != null) {
          into.add(new KeptFacts(entry, index));
        } else if (!isUnfinished || isAbandoned(entry)) {
          Cleanup.delete(entry); // cut off, or left by a process that was killed
        }
      }
    } catch (IOException | DirectoryIteratorException nothingThere) {
      return;
    }
  }

  /// Begins a folder: an empty one to write to, or null when no place can be written.
  public @Nullable Path begin() {
    for (Path place : List.of(beside, user)) {
      try {
        Path folder = place.resolve(key);
        Files.createDirectories(folder);
        return Files.createDirectory(
            folder.resolve(UNFINISHED + ProcessHandle.current().pid() + "-" + nextNumber()));
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

  /// Gives a finished folder its name, and deletes what has become useless in the same place.
  ///
  /// @return its path now; when somebody else had the same facts sooner, where those are
  public Path finish(Path path, Collection<FactTable> tables) throws IOException {
    Path target = path.resolveSibling(name(tables));
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException thereAlready) {
      if (FactIndex.read(target) == null) {
        throw thereAlready;
      }
      Cleanup.delete(path);
    }
    Path folder = path.getParent();
    Path place = folder == null ? null : folder.getParent();
    if (place != null) {
      deleteOldKeys(place);
    }
    return target;
  }

  private static String name(Collection<FactTable> tables) {
    BigInteger bits = BigInteger.ZERO;
    for (FactTable table : tables) {
      bits = bits.setBit(FactTables.ALL.indexOf(table));
    }
    return FINISHED + bits.toString(16);
  }

  /// Deletes a folder that was begun.
  public static void abandon(Path path) {
    Cleanup.delete(path);
    Path folder = path.getParent();
    if (folder != null) {
      deleteIfEmpty(folder);
      Path place = folder.getParent();
      if (place != null) {
        deleteIfEmpty(place);
      }
    }
  }

  /// Deletes facts that turned out to be damaged.
  public static void discard(KeptFacts facts) {
    Cleanup.delete(facts.folder());
  }

  // Those of other keys, and what a process began that lives no more.
  private void deleteOldKeys(Path place) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(place)) {
      for (Path folder : folders) {
        boolean isOld = !folder.getFileName().toString().equals(key);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
          for (Path entry : entries) {
            if (isAbandoned(entry) || (isOld && !isUnfinished(entry))) {
              Cleanup.delete(entry);
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

  private static void deleteIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException inUse) {
      return;
    }
  }
}
