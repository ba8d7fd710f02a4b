package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rideau.trace.testing.SharedData;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What commands print, as text files:
///
/// ```
/// # what the case pins
/// $ report cpu $TRACE --format csv
/// standard output
/// ! a line of standard error
/// = 1
/// ```
///
/// `= N` is an exit code other than 0. `$TRACE` is the bundled trace, `$OTHER` the same of another
/// machine, `$STACKS` samples of a program, `$TMP` an empty folder, `$CONFIG` the user's folder for
/// reports. Lines after `write FILE` up to an empty one are written to that file. Run with
/// `-Drideau.regenerate=true` to write the answers anew.
@Tag("slow")
final class CommandCasesTest {
  private static final Path ROOT = SharedData.checkout();
  private static final Path FOLDER = ROOT.resolve("cli/src/test/resources/dev/rideau/cli/commands");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder = Path.of("");
  private String home = "";

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @BeforeEach
  void useOwnHome() {
    home = System.getProperty("user.home");
    System.setProperty("user.home", folder.resolve("home").toString());
  }

  @AfterEach
  void useHomeAgain() {
    System.setProperty("user.home", home);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void prints(String name) throws IOException {
    assumeTrue(System.getenv("XDG_CONFIG_HOME") == null, "XDG_CONFIG_HOME is set");
    Path file = FOLDER.resolve(name);
    String expected = Files.readString(file);
    Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("home/.config/rideau/reports"));
    List<String> actual = new ArrayList<>();
    List<String> lines = expected.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("$ ")) {
        actual.add(line);
        actual.addAll(run(line.substring(2)));
      } else if (line.startsWith("write ")) {
        int end = i;
        while (end < lines.size() && !lines.get(end).isEmpty()) {
          end++;
        }
        Files.write(Path.of(meaning(line.substring(6))), lines.subList(i + 1, end));
        actual.addAll(lines.subList(i, Math.min(end + 1, lines.size())));
        i = end;
      } else if (line.startsWith("#")) {
        actual.add(line);
      }
    }
    String text = String.join("\n", actual) + "\n";
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(expected);
  }

  private List<String> run(String command) throws IOException {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      String quoted = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      words.add(meaning(quoted == null ? matcher.group(3) : quoted));
    }
    Run run = Run.of(words.toArray(String[]::new));
    List<String> lines = new ArrayList<>(shown(run.stdout()));
    shown(run.stderr()).forEach(line -> lines.add("! " + line));
    if (run.exitCode() != 0) {
      lines.add("= " + run.exitCode());
    }
    return lines;
  }

  private String meaning(String word) throws IOException {
    if (word.contains("$OTHER")) {
      copyOfAnotherMachine();
    }
    return word.replace("$TRACE", ROOT.resolve("examples/cpuburn").toString())
        .replace("$STACKS", ROOT.resolve("examples/stacks.perf.data").toString())
        .replace("$OTHER", folder.resolve("other").toString())
        .replace("$TMP", folder.resolve("tmp").toString())
        .replace("$CONFIG", folder.resolve("home/.config/rideau/reports").toString())
        .replace("\\n", "\n");
  }

  private List<String> shown(String text) {
    return text.replace(ROOT.resolve("examples/cpuburn").toString(), "$TRACE")
        .replace(ROOT.resolve("examples/stacks.perf.data").toString(), "$STACKS")
        .replace(folder.resolve("other").toString(), "$OTHER")
        .replace(folder.resolve("home/.config/rideau/reports").toString(), "$CONFIG")
        .replace(folder.resolve("tmp").toString(), "$TMP")
        .lines()
        .map(String::stripTrailing)
        .toList();
  }

  /// The bundled trace under another name of the host.
  private void copyOfAnotherMachine() throws IOException {
    Path to = folder.resolve("other");
    if (!Files.exists(to)) {
      TestFolders.copy(ROOT.resolve("examples/cpuburn"), to, CommandCasesTest::ofAnotherMachine);
    }
  }

  private static byte[] ofAnotherMachine(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replace("\"qkguest\"", "\"another\"")
        .replace("7561799d-", "7561799e-")
        .replace("\u0075\u0061\u0079\u009d\u0015", "\u0075\u0061\u0079\u009e\u0015")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
