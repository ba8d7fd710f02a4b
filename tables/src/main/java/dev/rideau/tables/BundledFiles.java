package dev.rideau.tables;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Text files that come with a room of the program: they stand beside its classes, in its jar or in
/// the folder of a build.
///
/// The JDK finds such files by opening one jar after the other and reads them through URLs, which
/// every start would pay for.
public final class BundledFiles implements AutoCloseable {
  private final Path place;

  /// Null where the place is a folder.
  private final @Nullable ZipFile jar;

  private BundledFiles(Path place) throws IOException {
    this.place = place;
    jar = Files.isDirectory(place) ? null : new ZipFile(place.toFile());
  }

  /// Those of the room that a class belongs to.
  public static BundledFiles of(Class<?> room) {
    try {
      return new BundledFiles(
          Path.of(room.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// What is in a file; null when there is no such file.
  ///
  /// @param path from the root of the packages on
  public @Nullable String find(String path) {
    try {
      if (jar == null) {
        Path file = place.resolve(path);
        return Files.isRegularFile(file) ? Files.readString(file) : null;
      }
      ZipEntry entry = jar.getEntry(path);
      if (entry == null) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What is in a file that must be there.
  public String text(String path) {
    String text = find(path);
    if (text == null) {
      throw new IllegalStateException("no file " + path + " in " + place);
    }
    return text;
  }

  /// Names of the files in a folder, in order. Nobody keeps a list of them.
  public List<String> names(String folder) {
    if (jar != null) {
      String prefix = folder + "/";
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
          .map(name -> name.substring(prefix.length()))
          .sorted()
          .toList();
    }
    try (Stream<Path> files = Files.list(place.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    if (jar != null) {
      try {
        jar.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
