package dev.rideau.tracer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The program `babeltrace2`, the independent reader.
final class Babeltrace2 {
  private Babeltrace2() {}

  static boolean isInstalled() {
    try {
      return run(List.of("babeltrace2", "--version")).startsWith("Babeltrace 2");
    } catch (IOException | InterruptedException absent) {
      return false;
    }
  }

  /// Its lines of text for a trace; fails when it complains.
  static List<String> lines(Path trace) throws IOException, InterruptedException {
    return run(List.of("babeltrace2", "--clock-seconds", "--no-delta", trace.toString()))
        .lines()
        .toList();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError(String.join(" ", command) + " ended with " + code + ":\n" + output);
    }
    return output;
  }
}
