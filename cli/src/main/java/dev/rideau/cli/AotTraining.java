package dev.rideau.cli;

import dev.rideau.cli.internal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs the commands of a list in one process, so that the JVM can record what a start needs.
///
/// The launcher's build calls it once; the list stands in `launcher/training.txt`.
public final class AotTraining {
  private AotTraining() {}

  /// @param arguments the list: one command line a line, words split at blanks, `#` starts a
  ///   comment
  public static void main(String[] arguments) throws IOException {
    Console console = Console.ofProcess();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String command = line.strip();
      if (!command.isEmpty() && !command.startsWith("#")) {
        int code = Main.run(console, command.split("\\s+"));
        if (code != 0) {
          console.err().println("rideau: training: exit code " + code + ": " + command);
        }
      }
    }
    System.exit(0);
  }
}
