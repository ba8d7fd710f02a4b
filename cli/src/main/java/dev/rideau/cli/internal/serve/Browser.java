package dev.rideau.cli.internal.serve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The user's browser.
public final class Browser {
  private static final List<String> USUAL =
      List.of("xdg-open", "open", "sensible-browser", "x-www-browser", "firefox", "chromium");

  private final @Nullable List<String> command;

  private Browser(@Nullable List<String> command) {
    this.command = command;
  }

  /// What `$BROWSER` names, else what is usual.
  public static Browser ofUser() {
    String configured = System.getenv("BROWSER");
    if (configured != null && !configured.isBlank()) {
      // A list of browsers between colons, as other programs read it: the first that is there.
      for (String each : configured.split(File.pathSeparator)) {
        List<String> words = List.of(each.strip().split("\\s+"));
        if (find(words.getFirst()) != null) {
          return new Browser(words);
        }
      }
      return new Browser(null);
    }
    boolean hasScreen =
        System.getenv("DISPLAY") != null
            || System.getenv("WAYLAND_DISPLAY") != null
            || System.getProperty("os.name", "").startsWith("Mac");
    if (hasScreen) {
      for (String each : USUAL) {
        if (find(each) != null) {
          return new Browser(List.of(each));
        }
      }
    }
    return new Browser(null);
  }

  private static @Nullable Path find(String program) {
    if (program.contains("/")) {
      Path path = Path.of(program);
      return Files.isExecutable(path) ? path : null;
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path path = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(path) && !Files.isDirectory(path)) {
        return path;
      }
    }
    return null;
  }

  /// Shows a page.
  ///
  /// @return why it cannot be shown; null when a browser was started
  @Nullable String show(String url) {
    if (command == null) {
      return "no browser was found";
    }
    List<String> line = new ArrayList<>();
    boolean isPlaced = false;
    for (String word : command) {
      isPlaced |= word.contains("%s");
      line.add(word.replace("%s", url));
    }
    if (!isPlaced) {
      line.add(url);
    }
    try {
      new ProcessBuilder(line)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return null;
    } catch (IOException failure) {
      return failure.getMessage();
    }
  }
}
