package dev.rideau.trace.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs of the JDK that runs the tests, in processes of their own.
public final class JavaProgram {
  private JavaProgram() {}

  /// The program `java`, `jcmd` or another one.
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /// The command line of a class on the class path of the tests.
  ///
  /// @param options of the JVM
  public static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// Runs a program to its end.
  ///
  /// @return what it printed, to whatever stream
  /// @throws AssertionError with that, unless the exit code is 0
  public static String output(ProcessBuilder program) throws IOException {
    return output(program.redirectErrorStream(true).start());
  }

  /// The same of one that runs already, and writes its errors where it writes everything.
  public static String output(Process program) throws IOException {
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = program.onExit().join().exitValue();
    if (exitCode != 0) {
      throw new AssertionError("exit code " + exitCode + ":\n" + output);
    }
    return output;
  }
}
