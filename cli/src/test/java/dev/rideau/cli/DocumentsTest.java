package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents do not rot: what they show is what happens, and what they name exists.
///
/// Blocks of the kind `console` hold commands after `$ ` and what they print. Run with
/// `-Drideau.regenerate=true` to write the outputs anew, then read the difference.
final class DocumentsTest {
  private static final Path ROOT = SharedData.checkout();

  /// Stands for the checkout in what documents show.
  private static final String SHOWN_ROOT = "/home/you/rideau";

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern PACKAGE = Pattern.compile("`(dev\\.rideau[a-z0-9.]*)`");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z][A-Za-z]+)(?:#\\w+)?`");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z0-9-]+)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of(".", "docs", "docs/decisions", "examples", "bench")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
      }
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void showsWhatHappens(Path document, @TempDir Path folder) throws IOException {
    String text = Files.readString(document);
    String actual = new Shell(folder).retell(text);
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(document, actual);
    } else {
      assertThat(actual).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksToWhatExists(Path document) throws IOException {
    String text = Files.readString(document);
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      Path target = document.resolveSibling(link.group(1)).normalize();
      assertThat(target).as("link in " + document).exists();
      if (link.group(2) != null && target.toString().endsWith(".md")) {
        assertThat(anchors(Files.readString(target))).contains(link.group(2));
      }
    }
    Matcher named = PACKAGE.matcher(text);
    while (named.find()) {
      assertThat(isPackage(named.group(1))).as(named.group(1) + " in " + document).isTrue();
    }
  }

  private static List<String> anchors(String text) {
    return text.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(title -> "#" + title.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  /// The folders with Java sources.
  private static List<String> rooms() {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("src/main")) || folder.endsWith("launcher"))
          .map(folder -> folder.getFileName().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPackage(String name) {
    String path = name.replace('.', '/');
    return rooms().stream()
        .flatMap(room -> Stream.of(room + "/src/main/java/", room + "/src/test/java/"))
        .anyMatch(sources -> Files.isDirectory(ROOT.resolve(sources + path)));
  }

  @Test
  void namesOnlyClassesThatExist() throws IOException {
    TreeSet<String> known = new TreeSet<>();
    for (String room : rooms()) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(room))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> known.add(name.substring(0, name.length() - 5)));
      }
    }
    for (Path document : documents()) {
      Matcher named = CLASS.matcher(Files.readString(document));
      while (named.find()) {
        assertThat(known.contains(named.group(1)) || isOfTheJdk(named.group(1)))
            .as(named.group(1) + " in " + document)
            .isTrue();
      }
    }
  }

  private static boolean isOfTheJdk(String name) {
    return Stream.of(
            "java.lang.",
            "java.lang.foreign.",
            "java.lang.invoke.",
            "java.nio.channels.",
            "java.util.",
            "com.sun.net.httpserver.")
        .anyMatch(prefix -> {
          try {
            Class.forName(prefix + name);
            return true;
          } catch (ClassNotFoundException _) {
            return false;
          }
        });
  }

  @Test
  void theGuideNamesOnlyOptionsThatExist() throws IOException {
    TreeSet<String> known = new TreeSet<>();
    HelpTest.allCommands()
        .forEach(command ->
            command
                .getCommandSpec()
                .options()
                .forEach(option -> known.addAll(List.of(option.names()))));
    for (String name : List.of("docs/guide.md", "docs/json.md", "README.md")) {
      Matcher option = OPTION.matcher(Files.readString(ROOT.resolve(name)));
      while (option.find()) {
        assertThat(known).as(name).contains(option.group(1));
      }
    }
  }

  /// As much of a shell as documents need. Folders that a command writes are in a folder of its
  /// own.
  private record Shell(Path folder) {

    String retell(String document) {
      StringBuilder actual = new StringBuilder();
      boolean inBlock = false;
      for (String line : document.split("(?<=\n)", -1)) {
        if (line.startsWith("```")) {
          inBlock = line.startsWith("```console");
          actual.append(line);
        } else if (!inBlock) {
          actual.append(line);
        } else if (line.startsWith("$ ")) {
          actual.append(line).append(run(line.substring(2).strip()));
        }
      }
      return actual.toString();
    }

    private String run(String line) {
      String[] parts = line.split(" \\| ", 2);
      List<String> words = words(parts[0]);
      assertThat(words.removeFirst()).isEqualTo("./rideau");
      Run run = Run.of(words.toArray(String[]::new));
      String output = shown(run.stdout());
      if (parts.length == 2) {
        Matcher head = Pattern.compile("head -(\\d+)").matcher(parts[1]);
        assertThat(head.matches()).as(line).isTrue();
        List<String> lines = output.lines().limit(Long.parseLong(head.group(1))).toList();
        output = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
      }
      return output + shown(run.stderr());
    }

    /// Paths as the commands of a reader who stands in the checkout would show them: as typed, and
    /// whole where `stat` names a trace.
    private String shown(String text) {
      for (Path root : List.of(ROOT, folder)) {
        text = text.replaceAll("(?<!trace )" + Pattern.quote(root + "/"), "");
        text = text.replace(root.toString(), SHOWN_ROOT);
      }
      return text;
    }

    private List<String> words(String command) {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(command);
      while (word.find()) {
        String bare = word.group(2);
        if (bare == null) {
          words.add(word.group(1));
        } else if (bare.matches("examples/.*")) {
          words.add(ROOT.resolve(bare).toString());
        } else if (bare.matches("[a-z]+")) {
          words.add(pathOrWord(words.getLast(), bare));
        } else {
          words.add(bare);
        }
      }
      return words;
    }

    /// A bare word is a folder after `-o`, or where such a folder was written before.
    private String pathOrWord(String before, String word) {
      Path path = folder.resolve(word);
      return before.equals("-o") || Files.exists(path) ? path.toString() : word;
    }
  }
}
