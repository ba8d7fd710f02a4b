package dev.rideau.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `perf script` as the oracle: on recordings beside the tests, and on fresh ones where the machine
/// allows to record.
@Tag("slow")
@Tag("oracle")
final class ScriptOracleTest {
  private static final Pattern UNNAMED = Pattern.compile("^ *:(\\d+) ");

  @TempDir Path folder;

  static List<String> names() {
    return Recordings.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void printsWhatPerfScriptPrints(String name) throws IOException {
    Path file = Recordings.writeTo(folder, name);
    String expected = withoutSymbols(script(file));
    List<Diagnostic> diagnostics = new ArrayList<>();
    String actual = withoutSymbols(String.join("", Lines.ofScript(file, diagnostics)));
    assertThat(actual).isEqualTo(expected);
    assertThat(diagnostics).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "-a -z", "-a --threads", "-a --threads -z"})
  void printsAFreshRecordingOfAllCpus(String options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
    arguments.addAll(
        List.of("-e", "sched:sched_switch,sched:sched_waking,raw_syscalls:*", "--", "ls", "/"));
    comparesInAnyOrderOfCpus(record(arguments.toArray(String[]::new)));
  }

  @Test
  void printsLiteralsOfTheKernelAndNullPointers() throws IOException {
    comparesInAnyOrderOfCpus(record("-a", "-e", "rcu:rcu_utilization,kmem:kfree", "--", "ls", "/"));
  }

  private static void comparesInAnyOrderOfCpus(Path file) throws IOException {
    // Records of different CPUs with equal times have no order of their own.
    List<String> actual = new ArrayList<>(Lines.ofScript(file, new ArrayList<>()));
    List<String> expected = new ArrayList<>(script(file).lines().map(line -> line + "\n").toList());
    assertThat(times(actual)).isEqualTo(times(expected));
    // Of threads that were born while perf looked at what is there, it may not find the name.
    for (String line : List.copyOf(expected)) {
      Matcher unnamed = UNNAMED.matcher(line);
      if (unnamed.find()) {
        String tid = " " + unnamed.group(1) + " [";
        expected.removeIf(each -> each.contains(tid));
        actual.removeIf(each -> each.contains(tid));
      }
    }
    actual.sort(null);
    expected.sort(null);
    assertThat(actual).isNotEmpty().isEqualTo(expected);
  }

  @Test
  void resolvesSymbolsOfAFreshRecording() throws IOException {
    Path file = record("-F", "5000", "-g", "-e", "cpu-clock", "--", "ls", "-R", "/usr/share/doc");
    // perf makes up names for entries of the procedure linkage table, empty ones too.
    String expected = script(file).replaceAll("\\S*@plt\\+0x[0-9a-f]+", "[unknown]");
    assertThat(String.join("", Lines.ofScript(file, new ArrayList<>()))).isEqualTo(expected);
  }

  private static List<String> times(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll(".*\\] +(\\d+\\.\\d+): .*\n", "$1")).toList();
  }

  /// Symbols depend on which files this machine has.
  private static String withoutSymbols(String text) {
    return text.replaceAll("(?m)^(\t +[0-9a-f]+ |.*: +[0-9a-f]+ )\\S+ (\\(.*\\))$", "$1$2")
        .replaceAll("\\(\\[unknown\\]\\)", "([kernel.kallsyms])");
  }

  private Path record(String... arguments) throws IOException {
    Path file = folder.resolve("fresh.data");
    List<String> command = new ArrayList<>(List.of("perf", "record", "-q", "-o", file.toString()));
    command.addAll(Arrays.asList(arguments));
    Assumptions.assumeTrue(
        run(command) != null && Files.exists(file),
        "skipped: this machine does not allow to record with perf");
    return file;
  }

  private static String script(Path file) throws IOException {
    String text = run(List.of("perf", "script", "-i", file.toString()));
    Assumptions.assumeTrue(text != null, "skipped: perf is not installed (apt install linux-perf)");
    return text == null ? "" : text;
  }

  private static @org.jspecify.annotations.Nullable String run(List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (IOException absent) {
      return null;
    }
  }
}
