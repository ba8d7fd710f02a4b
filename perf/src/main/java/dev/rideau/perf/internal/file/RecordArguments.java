package dev.rideau.perf.internal.file;

import java.util.Set;

/// What the command line of `perf record` asks for.
final class RecordArguments {
  /// Options of one letter that a value follows.
  private static final String WITH_VALUE = "ecFmopPtrCuGjDwk";

  /// The same of those that are written out, where the value is a word of its own.
  private static final Set<String> LONG_WITH_VALUE =
      Set.of(
          "--event",
          "--filter",
          "--count",
          "--freq",
          "--mmap-pages",
          "--output",
          "--pid",
          "--tid",
          "--realtime",
          "--uid",
          "--cgroup",
          "--delay",
          "--clockid",
          "--call-graph",
          "--control");

  private RecordArguments() {}

  /// Whether it asks for tasks, not for CPUs.
  static boolean isOfTasks(String commandLine) {
    String[] words = commandLine.trim().split("\\s+");
    int at = 0;
    while (at < words.length && !words[at].equals("record")) {
      at++;
    }
    for (at++; at < words.length; at++) {
      String word = words[at];
      if (word.equals("--") || !word.startsWith("-")) {
        return true;
      }
      if (word.equals("--all-cpus") || word.startsWith("--cpu")) {
        return false;
      }
      if (word.startsWith("--")) {
        at += LONG_WITH_VALUE.contains(word) ? 1 : 0;
        continue;
      }
      for (int letter = 1; letter < word.length(); letter++) {
        char option = word.charAt(letter);
        if (option == 'a' || option == 'C') {
          return false;
        }
        if (WITH_VALUE.indexOf(option) >= 0) {
          at += letter == word.length() - 1 ? 1 : 0;
          break;
        }
      }
    }
    // Without a command of its own, or tasks to look at, perf records all.
    return commandLine.matches(".* (-[pt]|--[pt]id).*");
  }
}
