package dev.rideau.trace.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// A disk that is soon full: a file system in memory, mounted until it is closed.
public final class SmallDisk implements AutoCloseable {
  private static final String FILLER = "filler";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// Mounts one; skips the calling test where that is not allowed.
  ///
  /// @param parent in which the folder `disk` is made
  /// @param size as `mount` takes it, with `k` or `m`
  public static SmallDisk mount(Path parent, String size) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()),
        "skipped: no file system can be mounted here (root may)");
    return new SmallDisk(folder);
  }

  /// Where it is mounted.
  public Path folder() {
    return folder;
  }

  /// Takes all the room that is left.
  public void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream filler = Files.newOutputStream(folder.resolve(FILLER))) {
      while (true) {
        filler.write(block);
      }
    } catch (IOException full) {
      if (Files.getFileStore(folder).getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  /// Gives the room back that [#fill()] took.
  public void empty() throws IOException {
    Files.delete(folder.resolve(FILLER));
  }

  /// Unmounts it, even if a file on it is still mapped.
  @Override
  public void close() throws IOException {
    if (!run("umount", "-l", folder.toString())) {
      throw new IOException(folder + ": cannot be unmounted");
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue() == 0;
  }
}
