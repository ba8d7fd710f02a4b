package dev.rideau.reports.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The SQL files that stand beside the classes of this room. Nobody keeps a list of them: the
/// folder or jar is asked.
public final class BundledFiles {
  private static final String ROOT = "dev/rideau/reports/";
  private static final String SUFFIX = ".sql";

  private BundledFiles() {}

  /// Names without `.sql`, in order.
  ///
  /// @param folder `reports` or `rules`
  public static List<String> names(String folder) {
    String prefix = ROOT + folder + "/";
    try {
      URL location = BundledFiles.class.getProtectionDomain().getCodeSource().getLocation();
      Path place = Path.of(location.toURI());
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.list(place.resolve(prefix))) {
          return files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(SUFFIX))
              .map(BundledFiles::bare)
              .sorted()
              .toList();
        }
      }
      try (ZipFile jar = new ZipFile(place.toFile())) {
        return jar.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(prefix) && name.endsWith(SUFFIX))
            .map(name -> bare(name.substring(prefix.length())))
            .sorted()
            .toList();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Whether there is such a file.
  public static boolean exists(String folder, String name) {
    return BundledFiles.class.getResource("/" + ROOT + folder + "/" + name + SUFFIX) != null;
  }

  /// What is in a file.
  public static String text(String folder, String name) {
    String path = folder + "/" + name;
    try (InputStream stream = BundledFiles.class.getResourceAsStream("/" + ROOT + path + SUFFIX)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no file " + path + SUFFIX);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String bare(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
