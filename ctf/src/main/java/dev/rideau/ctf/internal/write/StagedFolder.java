package dev.rideau.ctf.internal.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A folder that grows under a hidden name beside its final one. Owned by one thread.
public final class StagedFolder implements Closeable {
  private final Path target;
  private final Path path;
  private boolean isCommitted;

  private StagedFolder(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /// @param target must not exist, unless it is an empty folder
  public static StagedFolder create(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = Objects.requireNonNull(absolute.getParent(), "a folder has a parent");
    if (Files.exists(absolute)) {
      if (!Files.isDirectory(absolute)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      try (Stream<Path> entries = Files.list(absolute)) {
        if (entries.findAny().isPresent()) {
          throw new DirectoryNotEmptyException(target.toString());
        }
      }
    }
    Path hidden =
        parent.resolve("." + absolute.getFileName() + ".part-" + ProcessHandle.current().pid());
    return new StagedFolder(absolute, Files.createDirectory(hidden));
  }

  /// Where the content grows.
  public Path path() {
    return path;
  }

  /// Gives the folder its final name, in one step.
  public void commit() throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    isCommitted = true;
  }

  /// Removes the folder if it was not committed.
  @Override
  public void close() throws IOException {
    if (isCommitted) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException gone) {
      return;
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
