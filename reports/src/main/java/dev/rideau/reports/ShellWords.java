package dev.rideau.reports;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Words of commands that people copy into a shell.
public final class ShellWords {
  private static final String PLAIN = "/._-+:,@";

  private ShellWords() {}

  /// A text as one word: in quotes where a shell would see more in it.
  public static String quoted(String text) {
    boolean isPlain =
        !text.isEmpty()
            && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
    return isPlain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /// Paths as words.
  public static String quoted(List<Path> paths) {
    return paths.stream().map(path -> quoted(path.toString())).collect(Collectors.joining(" "));
  }

  /// A command with traces in the place of `{trace}`.
  ///
  /// @param host the machine that it is about where the traces are of several; else null
  public static String command(String template, List<Path> paths, @Nullable String host) {
    String option = host == null ? "" : " --host " + quoted(host);
    return template.replace("{trace}", quoted(paths) + option);
  }
}
