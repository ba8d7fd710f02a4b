package dev.rideau.cli;

import dev.rideau.cli.internal.Console;
import dev.rideau.trace.testing.JavaProgram;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One run of the command line inside the test's JVM, and what it left.
record Run(int exitCode, String stdout, String stderr) {
  static Run of(String... arguments) {
    return of(Commands.ALL, arguments);
  }

  static Run of(List<Commands.Entry> commands, String... arguments) {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int exitCode = Main.run(Console.of(stdout, stderr), commands, arguments);
    return new Run(
        exitCode, stdout.toString(StandardCharsets.UTF_8), stderr.toString(StandardCharsets.UTF_8));
  }

  /// The command line of the same in a process of its own.
  static List<String> command(String... arguments) {
    return JavaProgram.command(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"),
        Main.class,
        arguments);
  }
}
