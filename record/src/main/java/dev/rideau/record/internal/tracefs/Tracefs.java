package dev.rideau.record.internal.tracefs;

import dev.rideau.record.RecordException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The kernel's folder for tracing.
public final class Tracefs {
  private static final List<Path> PLACES =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

  private final Path root;

  private Tracefs(Path root) {
    this.root = root;
  }

  /// Finds it.
  ///
  /// @throws RecordException when it is not there or not for us, with what to do
  public static Tracefs find() {
    boolean denied = false;
    for (Path place : PLACES) {
      Path instances = place.resolve("instances");
      if (Files.isDirectory(instances) && Files.isWritable(instances)) {
        return new Tracefs(place);
      }
      denied |= Files.isDirectory(place) && !Files.isReadable(place) || Files.exists(instances);
    }
    if (denied) {
      throw new RecordException(
          "recording needs the privilege to use tracefs", "Run it as root: sudo rideau record ...");
    }
    if (!Files.isDirectory(PLACES.getFirst())) {
      throw new RecordException(
          "this kernel has no tracefs",
          "A kernel with CONFIG_TRACING is needed, as all distributions have; containers rarely"
              + " see it.");
    }
    throw new RecordException(
        "tracefs is not mounted",
        "Mount it as root: sudo mount -t tracefs tracefs /sys/kernel/tracing");
  }

  /// Whether the kernel has it, and only nobody mounted it.
  public static boolean isUnmounted() {
    return Files.isDirectory(PLACES.getFirst())
        && Files.isReadable(PLACES.getFirst())
        && PLACES.stream().noneMatch(place -> Files.exists(place.resolve("instances")));
  }

  /// The folder.
  public Path root() {
    return root;
  }

  /// The text of a file, by its path below the folder; empty when there is none.
  public String text(String name) {
    return text(root.resolve(name));
  }

  /// The text of a file; empty when it cannot be read.
  ///
  /// Read in large pieces: some of these files have content only for the first read of all.
  public static String text(Path file) {
    byte[] bytes = new byte[64 * 1024];
    int size = 0;
    try (InputStream in = new FileInputStream(file.toFile())) {
      while (true) {
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, size * 2);
        }
        int count = in.read(bytes, size, bytes.length - size);
        if (count <= 0) {
          return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
        }
        size += count;
      }
    } catch (IOException _) {
      return "";
    }
  }

  /// Writes a file of the kernel at once.
  public static void write(Path file, String text) throws IOException {
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Names below a folder, sorted; empty when it cannot be listed.
  public static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException _) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  /// The failure in words.
  static RecordException failed(String what, IOException failure) {
    return failure instanceof AccessDeniedException
        ? new RecordException(
            what + ": permission denied", "Run it as root: sudo rideau record ...", failure)
        : new RecordException(
            what + ": " + failure.getMessage(), "'dmesg | tail' may say more.", failure);
  }
}
