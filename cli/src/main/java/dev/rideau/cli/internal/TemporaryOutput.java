package dev.rideau.cli.internal;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A folder or file that gets its final name only when it is complete.
///
/// The work happens in a hidden sibling of the target, on the same file system. [#commit] renames
/// it; whatever ends the command before that (an error, Ctrl-C, a closed pipe) deletes it instead.
/// Only a killed process leaves the hidden one behind, and never the final name.
///
/// ```java
/// try (TemporaryOutput output = TemporaryOutput.directoryFor(target)) {
///   write(output.path());
///   output.commit();
/// }
/// ```
public final class TemporaryOutput implements AutoCloseable {
  private static final Set<TemporaryOutput> OPEN = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path path;
  private final boolean replaces;

  private TemporaryOutput(Path target, Path path, boolean replaces) {
    this.target = target;
    this.path = path;
    this.replaces = replaces;
  }

  /// Starts the folder that will be `target`.
  ///
  /// @throws CommandFailure if `target` exists already, unless it is an empty folder
  public static TemporaryOutput directoryFor(Path target) throws IOException {
    return directoryFor(target, false);
  }

  /// Starts the folder that will be `target`.
  ///
  /// @param replaces whether it may take the place of a folder with something in it, which is
  ///   deleted only once the new one is complete
  /// @throws CommandFailure if `target` exists already and may not be replaced
  public static TemporaryOutput directoryFor(Path target, boolean replaces) throws IOException {
    if (!replaces || !Files.isDirectory(target)) {
      refuseExisting(target);
    }
    Path path = hiddenSibling(target);
    Files.createDirectory(path);
    TemporaryOutput output = new TemporaryOutput(target, path, replaces);
    Hook.install();
    OPEN.add(output);
    return output;
  }

  /// Starts the file that will be `target`: whoever writes it creates it at [#path()].
  ///
  /// @param replaces whether it may take the place of a file
  /// @throws CommandFailure if `target` exists already and may not be replaced
  public static TemporaryOutput fileFor(Path target, boolean replaces) throws IOException {
    if (!replaces || Files.isDirectory(target)) {
      refuseExisting(target);
    }
    TemporaryOutput output = new TemporaryOutput(target, hiddenSibling(target), replaces);
    Hook.install();
    OPEN.add(output);
    return output;
  }

  /// Where to write until [#commit].
  public Path path() {
    return path;
  }

  /// Gives the finished folder its final name, in one step.
  public void commit() throws IOException {
    if (replaces && Files.isDirectory(target)) {
      Path old = path.resolveSibling(path.getFileName() + "-old");
      rename(target.toAbsolutePath(), old);
      rename(path, target.toAbsolutePath());
      OPEN.remove(this);
      delete(old);
      return;
    }
    if (!replaces) {
      refuseExisting(target);
    }
    rename(path, target.toAbsolutePath());
    OPEN.remove(this);
  }

  private static Path hiddenSibling(Path target) {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw new CommandFailure(target + ": cannot be an output", "name a new one");
    }
    if (!Files.isDirectory(parent)) {
      throw new CommandFailure(parent + ": no such folder", "create it first");
    }
    return parent.resolve("." + name + ".rideau-" + ProcessHandle.current().pid());
  }

  private void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException failure) {
      throw new CommandFailure(
          target + ": the file system cannot rename the finished output", null, failure);
    }
  }

  /// Deletes everything, unless committed.
  @Override
  public void close() throws IOException {
    if (OPEN.remove(this)) {
      delete(path);
    }
  }

  private static void refuseExisting(Path target) throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (var entries = Files.newDirectoryStream(target)) {
        if (!entries.iterator().hasNext()) {
          return;
        }
      }
      throw new CommandFailure(
          target + ": exists already and is not empty",
          "name a new folder, or replace this one with --force");
    }
    throw new CommandFailure(
        target + ": exists already", "name a new one, or replace it with --force");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// Deletes what is open when the process is told to end. A class of its own: installed on first
  /// use.
  private static final class Hook {
    private static final int ATTEMPTS = 50;

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(Hook::deleteAll, "rideau-cleanup"));
    }

    static void install() {}

    private static void deleteAll() {
      for (TemporaryOutput output : OPEN) {
        // The command's own threads still run and may create files while we delete: try again.
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(output.path); attempt++) {
          try {
            delete(output.path);
          } catch (IOException stillInUse) {
            Thread.yield();
          }
        }
      }
    }
  }
}
