package dev.rideau.cli.internal.record;

import dev.rideau.cli.internal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command that a recording is about: runs while it records, and not longer.
///
/// Where `setpriv` is installed the kernel ends the command when the recorder dies, also of a
/// signal that the recorder cannot handle.
public final class RecordedCommand {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final long PATIENCE_S = 2;

  private final Process process;

  private RecordedCommand(Process process) {
    this.process = process;
  }

  /// Whether it can be started, before anything is recorded or written for it.
  ///
  /// @param words empty for no command
  public static void check(List<String> words) {
    if (words.isEmpty() || isProgram(words.getFirst())) {
      return;
    }
    String program = words.getFirst();
    Path path = Path.of(program);
    String why =
        !program.contains("/") || !Files.exists(path)
            ? "there is no such program"
            : Files.isDirectory(path) ? "it is a folder" : "it is not executable";
    throw new CommandFailure(
        "'%s' cannot be started (%s)".formatted(program, why),
        why.startsWith("it ") ? "Name a program." : "Check its name and path.");
  }

  /// Starts it, with the terminal of the recorder. The calling thread must live as long as it.
  public static RecordedCommand start(List<String> words) {
    check(words);
    String program = words.getFirst();
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETPRIV)) {
      command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "TERM", "--"));
    }
    command.addAll(words);
    try {
      return new RecordedCommand(new ProcessBuilder(command).inheritIO().start());
    } catch (IOException failure) {
      throw new CommandFailure(
          "'%s' cannot be started (%s)".formatted(program, failure.getMessage()),
          "Check its name and path.",
          failure);
    }
  }

  private static boolean isProgram(String name) {
    if (name.indexOf('/') >= 0) {
      return Files.isExecutable(Path.of(name)) && !Files.isDirectory(Path.of(name));
    }
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "/usr/bin:/bin" : path).split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return true;
      }
    }
    return false;
  }

  /// Waits for its end.
  ///
  /// @return whether it ended
  public boolean await(long ms) throws InterruptedException {
    return process.waitFor(ms, TimeUnit.MILLISECONDS);
  }

  /// What it ended with.
  public int exitCode() {
    return process.exitValue();
  }

  /// Ends it if it still runs, and what it started: asks, and after two seconds asks no more.
  public void end() {
    List<ProcessHandle> started = process.descendants().toList();
    try {
      started.forEach(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        started.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
