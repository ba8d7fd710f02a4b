package dev.rideau.trace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Instances of the kernel's tracing, for tests that record the machine they run on.
public final class TracefsInstances {
  /// The folder that has a folder for each.
  public static final Path FOLDER = Path.of("/sys/kernel/tracing/instances");

  private TracefsInstances() {}

  /// Skips the calling test where it may not make one.
  public static void require() {
    Assumptions.assumeTrue(
        Files.isWritable(FOLDER),
        "skipped: tracefs is not mounted or not writable (mount -t tracefs tracefs"
            + " /sys/kernel/tracing, as root)");
  }

  /// Names of those that a process made to record.
  public static List<String> of(long pid) throws IOException {
    try (Stream<Path> entries = Files.list(FOLDER)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("rideau-" + pid + "-"))
          .toList();
    }
  }
}
