package dev.rideau.tracer.internal.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Where the control sockets of a user's programs lie: `$XDG_RUNTIME_DIR/rideau`, else
/// `/tmp/rideau-USER`, closed to other users.
public final class ControlFolder {
  private static final String SUFFIX = ".sock";
  // The kernel tells when a process began to some ten milliseconds, from a boot time to a second.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private ControlFolder() {}

  private static Path path() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return runtime != null && !runtime.isEmpty() && Files.isDirectory(Path.of(runtime))
        ? Path.of(runtime, "rideau")
        : Path.of("/tmp", "rideau-" + System.getProperty("user.name"));
  }

  /// The socket of a process.
  public static Path socket(long pid) {
    return path().resolve(pid + SUFFIX);
  }

  /// Makes the folder, and makes sure that it belongs to this user alone.
  static void prepare() throws IOException {
    Path folder = path();
    if (!Files.exists(folder)) {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    String owner = Files.getOwner(folder).getName();
    boolean isClosed =
        Files.getPosixFilePermissions(folder).equals(PosixFilePermissions.fromString("rwx------"));
    if (!owner.equals(System.getProperty("user.name")) || !isClosed) {
      throw new IOException(folder + ": belongs to or is open to others");
    }
  }

  /// Removes the sockets that killed programs left.
  static void sweep() throws IOException {
    Set<Long> alive = processes();
    assert alive.stream().allMatch(pid -> pid >= 0);
  }

  /// Process ids of all sockets. Those that killed programs left are removed.
  public static Set<Long> processes() throws IOException {
    Set<Long> processes = new java.util.TreeSet<>();
    if (!Files.isDirectory(path())) {
      return processes;
    }
    try (var files = Files.list(path())) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("[0-9]{1,18}\\.sock")) {
          long pid = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
          if (isLeftBehind(pid, file)) {
            Files.deleteIfExists(file);
          } else {
            processes.add(pid);
          }
        }
      }
    }
    return processes;
  }

  // The process is gone, or its number belongs to one that began after the socket was made.
  private static boolean isLeftBehind(long pid, Path socket) {
    Instant made;
    try {
      made = Files.getLastModifiedTime(socket).toInstant();
    } catch (IOException gone) {
      return true;
    }
    return ProcessHandle.of(pid)
        .map(process ->
            process
                .info()
                .startInstant()
                .map(begin -> begin.isAfter(made.plus(GRACE)))
                .orElse(false))
        .orElse(true);
  }
}
