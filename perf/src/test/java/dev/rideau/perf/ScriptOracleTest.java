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
  @ValueSource(
      strings = {
        "-a",
        "-a -z",
        "-a --threads",
        "-a --threads -z",
        "-a --overwrite",
        "-a --overwrite -z -m 16"
      })
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

  @Test
  void printsAFreshRecordingWhoseBuffersAreFilledBothWays() throws IOException {
    Path file =
        record(
            "-a",
            "--overwrite",
            "--switch-events",
            "-e",
            "sched:sched_wakeup/no-overwrite/,sched:sched_switch",
            "--",
            "ls",
            "/");
    assertThat(Lines.stepsBack(file)).isEmpty();
    // perf prints what the buffers of the other way hold out of order.
    comparesWithoutOrder(file);
  }

  private static void comparesInAnyOrderOfCpus(Path file) throws IOException {
    // Records of different CPUs with equal times have no order of their own.
    assertThat(Lines.stepsBack(file)).isEmpty();
    assertThat(times(Lines.ofScript(file, new ArrayList<>())))
        .isEqualTo(times(script(file).lines().map(line -> line + "\n").toList()));
    comparesWithoutOrder(file);
  }

  private static void comparesWithoutOrder(Path file) throws IOException {
    List<String> actual = new ArrayList<>(Lines.ofScript(file, new ArrayList<>()));
    List<String> expected = new ArrayList<>(script(file).lines().map(line -> line + "\n").toList());
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
    comparesSymbols("ls", "-R", "/usr/share/doc");
  }

  @Test
  void showsNamesOfCppAsPerfDoes() throws IOException {
    Path source = folder.resolve("names.cc");
    Files.writeString(
        source,
        """
        #include <algorithm>
        #include <functional>
        #include <map>
        #include <string>
        #include <vector>
        #define OWN __attribute__((noinline))
        namespace app {
        template <class T> struct Box {
          T value;
          OWN T sum(const std::vector<T> &all, int times) const {
            T sum = value;
            for (int i = 0; i < times; i++) for (auto &each : all) sum += each;
            return sum;
          }
        };
        namespace { struct Half { OWN double operator()(double v) const { return v / 2; } }; }
        using Table = std::map<std::string, std::vector<double>>;
        OWN double work(const Table &table, std::function<double(double)> f) {
          double sum = 0;
          for (auto &row : table) for (double each : row.second) sum += f(each);
          return sum;
        }
        }
        int main() {
          std::vector<double> all(1000, 1.5);
          double sum = 0;
          for (int i = 0; i < 5000; i++) sum += app::Box<double>{1.0 * i}.sum(all, 20);
          app::Table table{{"a", all}};
          for (int i = 0; i < 20000; i++) sum += app::work(table, app::Half());
          for (int i = 0; i < 2000; i++) {
            for (auto &each : all) each *= (i * 7) % 13;
            std::sort(all.begin(), all.end(), [](double a, double b) { return a > b; });
          }
          return sum > 0 ? 0 : 1;
        }
        """);
    String program = folder.resolve("names").toString();
    Assumptions.assumeTrue(
        run(List.of("g++", "-O1", "-o", program, source.toString())) != null,
        "skipped: no compiler of C++ is installed (apt install g++)");
    assertThat(comparesSymbols(program)).contains(" app::Box<double>::sum+0x");
  }

  private String comparesSymbols(String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-F", "5000", "-g", "-e", "cpu-clock", "--"));
    arguments.addAll(List.of(command));
    Path file = record(arguments.toArray(String[]::new));
    // perf makes up names for entries of the procedure linkage table, empty ones too.
    String expected = script(file).replaceAll("(?m)^(\t +\\w+ ).*@plt\\+0x\\w+ ", "$1[unknown] ");
    assertThat(String.join("", Lines.ofScript(file, new ArrayList<>()))).isEqualTo(expected);
    return expected;
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
