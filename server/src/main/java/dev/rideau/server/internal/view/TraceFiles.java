package dev.rideau.server.internal.view;

import dev.rideau.server.internal.http.HttpFailure;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Files of a trace as they were when it was opened. Thread-safe.
///
/// One that becomes shorter while it is shown has other records at the same places, or none.
/// Whoever reads records asks before and behind it. A file that is removed or replaced stays what
/// it was for those who have it open; one that grows has its known records still.
final class TraceFiles {
  private static final int DEEPEST = 8;
  private static final int MOST = 10_000;

  private final List<Known> known;

  private record Known(Path path, long bytes, @Nullable Object key) {}

  private TraceFiles(List<Known> known) {
    this.known = known;
  }

  /// All files below some paths, as they are now.
  static TraceFiles of(List<Path> paths) throws IOException {
    List<Known> known = new ArrayList<>();
    for (Path path : paths) {
      try (Stream<Path> files = Files.walk(path, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
        for (Path file : (Iterable<Path>) files.limit(MOST)::iterator) {
          BasicFileAttributes now = attributes(file);
          if (now != null && now.isRegularFile()) {
            known.add(new Known(file, now.size(), now.fileKey()));
          }
        }
      } catch (java.io.UncheckedIOException failure) {
        throw failure.getCause();
      }
    }
    return new TraceFiles(List.copyOf(known));
  }

  private static @Nullable BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException gone) {
      return null;
    }
  }

  /// Fails when records may not be where they were.
  ///
  /// @throws HttpFailure 409 when a file has become shorter
  void check() {
    for (Known file : known) {
      BasicFileAttributes now = attributes(file.path);
      if (now != null && now.size() < file.bytes && Objects.equals(now.fileKey(), file.key)) {
        throw new HttpFailure(
            409,
            "the trace was cut while it is shown: "
                + file.path
                + " had "
                + file.bytes
                + " bytes when it was opened and has "
                + now.size()
                + " now",
            "put the file back, or start the server again to see what is left");
      }
    }
  }
}
