package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.Babeltrace2;
import dev.rideau.trace.testing.SharedData;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `rideau stat` on real traces.
@Tag("slow")
final class StatCommandTest {
  private static final String EXAMPLE =
      SharedData.checkout().resolve("examples/cpuburn").toString();
  private static final Pattern CLASS =
      Pattern.compile("\"name\": \"(.*)\",\\s+\"log_level\": \\w+,\\s+\"records\": (\\d+)");
  private static final Pattern RECORDS = Pattern.compile("event records +([0-9,]+)");

  /// The event name in a line of text: behind the timestamp and what of `host proc (pid)` there is.
  private static final Pattern LINE = Pattern.compile("^(?:\\[[^]]*] )?(?:.*? )?([^ ]+): \\{ .*$");

  @Test
  void countsTheBundledTrace() {
    Run run = Run.of("stat", EXAMPLE, "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.stderr()).isEmpty();
    // What the tracer's own tools counted when it was recorded.
    assertThat(run.stdout())
        .contains("\"records\": 27095")
        .contains("\"described_event_classes\": 1325");
    assertThat(classes(run.stdout()))
        .hasSize(165)
        .containsEntry("sched_switch", 524L)
        .containsEntry("power_cpu_idle", 2479L);
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    String one = Run.of("stat", EXAMPLE, "--json", "--threads=1").stdout();
    assertThat(Run.of("stat", EXAMPLE, "--json", "--threads=3").stdout()).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e|sched_*|-e|!sched_switch",
        "--begin|04:41:26|--end|04:41:27.5",
        "--begin|04:41:31.9",
        "--where|prev_tid > 0 && prev_comm =~ \"cpuburn*\"",
        "--end|04:41:25",
        "-e|no_such_event",
      })
  void choosesWhatCatChooses(String options) {
    List<String> arguments = new ArrayList<>(List.of(options.split("\\|")));
    arguments.addAll(List.of("--clock-gmt", EXAMPLE));
    arguments.addFirst("cat");
    long lines = Run.of(arguments.toArray(String[]::new)).stdout().lines().count();
    arguments.set(0, "stat");
    Matcher records = RECORDS.matcher(Run.of(arguments.toArray(String[]::new)).stdout());
    assertThat(records.find()).isTrue();
    assertThat(records.group(1).replace(",", "")).isEqualTo(Long.toString(lines));
  }

  @Test
  void tellsWhatCouldBeReadOfADamagedTraceAndFails(@TempDir Path folder) throws IOException {
    TestFolders.copy(Path.of(EXAMPLE), folder);
    Path file = folder.resolve("kernel/kchan_1");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    Files.delete(folder.resolve("kernel/index/kchan_1.idx"));
    Run run = Run.of("stat", folder.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("rideau: error: ").contains("kchan_1");
    assertThat(run.stdout()).contains("kchan_0").contains("6,851");
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThat(Run.of("stat", "--limit=-1", EXAMPLE).exitCode()).isEqualTo(2);
    assertThat(Run.of("stat", "--threads=0", EXAMPLE).exitCode()).isEqualTo(2);
    assertThat(Run.of("stat").exitCode()).isEqualTo(2);
    assertThat(Run.of("stat", "/no/such/trace").exitCode()).isEqualTo(1);
  }

  @Test
  void warnsOfLosses() {
    Path trace = SharedData.require("data/babeltrace/traces/packet-seq-num/2-lost-before-last");
    Run run = Run.of("stat", trace.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.stderr()).contains("rideau: warning: ").contains("2 packets in 1 place");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ctf-traces/bug446190",
        "ctf-traces/context-switches/context-switches-ust",
        "ctf-traces/flipping-endianness",
        "ctf-traces/mpi_gather",
        "ctf-traces/perf-taskset2",
        "ctf-traces/ros2",
        "babeltrace/traces/succeed/env-warning",
        "babeltrace/traces/succeed/lttng-crash",
        "babeltrace/traces/succeed/multi-domains",
        "babeltrace/traces/succeed/wk-heartbeat-u",
        "lttng-kernel/blocking",
        "lttng-kernel/flight",
      })
  @Tag("oracle")
  void countsWhatBabeltrace2Prints(String name) {
    Path trace = SharedData.require("data/" + name);
    Babeltrace2.Result theirs = Babeltrace2.run("--clock-seconds", "--no-delta", trace);
    assertThat(theirs.exitCode()).isZero();
    Map<String, Long> expected = new TreeMap<>();
    theirs.text().lines().forEach(line -> expected.merge(nameIn(line), 1L, Long::sum));
    Run ours = Run.of("stat", "--json", trace.toString());
    assertThat(ours.exitCode()).isZero();
    assertThat(classes(ours.stdout())).isEqualTo(expected);
  }

  private static String nameIn(String line) {
    Matcher matcher = LINE.matcher(line + " { ");
    return matcher.matches() ? matcher.group(1) : line;
  }

  @Test
  @Tag("oracle")
  void countsTheTracesOfTheSharedFolderAsTheirReadmeSays() throws IOException {
    Path data = SharedData.require("data");
    Pattern row = Pattern.compile(" {4}(\\S+)  (\\d+)");
    int compared = 0;
    for (String line : Files.readAllLines(data.resolve("README.md"))) {
      Matcher matcher = row.matcher(line);
      // There babeltrace2 stops where time goes back; we go on.
      if (matcher.matches() && !line.contains("synctraces")) {
        String json = Run.of("stat", "--json", data.resolve(matcher.group(1)).toString()).stdout();
        long sum = classes(json).values().stream().mapToLong(Long::longValue).sum();
        assertThat(sum).as(line).isEqualTo(Long.parseLong(matcher.group(2)));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(30);
  }

  private static Map<String, Long> classes(String json) {
    Map<String, Long> classes = new TreeMap<>();
    Matcher matcher = CLASS.matcher(json);
    while (matcher.find()) {
      classes.merge(matcher.group(1), Long.parseLong(matcher.group(2)), Long::sum);
    }
    return classes;
  }
}
