package dev.rideau.perf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The small recordings that stand beside the tests, made with perf 6.1 of commands that everybody
/// has.
final class Recordings {
  static final List<String> NAMES =
      List.of("clock", "compressed", "events", "pipe", "stacks", "tracepoints");

  private Recordings() {}

  static byte[] bytes(String name) {
    try (InputStream in = Recordings.class.getResourceAsStream(name + ".data")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path writeTo(Path folder, String name) throws IOException {
    return Files.write(folder.resolve(name + ".data"), bytes(name));
  }
}
