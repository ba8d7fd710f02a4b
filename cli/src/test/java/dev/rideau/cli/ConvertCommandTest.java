package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.testing.Babeltrace2;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `rideau convert`: the copy says what the source says.
@Tag("slow")
final class ConvertCommandTest {
  private static final String EXAMPLE =
      SharedData.checkout().resolve("examples/cpuburn").toString();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ctf1", "ctf2"})
  void copiesEveryRecord(String format) throws IOException {
    Path copy = folder.resolve("copy");
    Run run = Run.of("convert", EXAMPLE, "-o", copy.toString(), "--format", format);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    assertThat(copy.resolve("kernel/kchan_0")).exists();
    assertThat(Run.of("cat", copy.toString())).isEqualTo(Run.of("cat", EXAMPLE));
    assertNothingBeside("copy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-e|sched_*|-e|!sched_switch",
        "--begin|04:41:26|--end|04:41:27.5",
        "--where|prev_tid > 0 && prev_comm =~ \"cpuburn*\"",
        "--end|04:41:25",
      })
  void copiesWhatCatChooses(String options) {
    List<String> chosen = new ArrayList<>(List.of(options.split("\\|")));
    chosen.add("--clock-gmt");
    Path copy = folder.resolve("copy");
    Run run = run("convert", chosen, EXAMPLE, "-o", copy.toString());
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    // As JSON: the text of a whole trace repeats what babeltrace2 prints for empty strings, that of
    // a part does not.
    assertThat(Run.of("cat", "--json", copy.toString()).stdout())
        .isEqualTo(run("cat", chosen, "--json", EXAMPLE).stdout());
  }

  @Test
  void factsOfAWholeCopyLackNothing() {
    Path copy = folder.resolve("copy");
    assertThat(Run.of("convert", EXAMPLE, "-o", copy.toString()).exitCode()).isZero();
    Run losses = Run.of("report", "losses", "--no-cache", copy.toString());
    assertThat(losses.stdout()).contains("nothing").doesNotContain("missing end");
    assertThat(losses.stderr()).isEmpty();
  }

  private static Run run(String command, List<String> options, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(options);
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void keepsSeveralTracesApart() throws IOException {
    Path copy = folder.resolve("copy");
    Path second = folder.resolve("second");
    assertThat(Run.of("convert", EXAMPLE, "-o", second.toString()).exitCode()).isZero();
    // The same trace twice is one trace to readers; another identity makes it another.
    Path metadata = second.resolve("kernel/metadata");
    Files.writeString(
        metadata, Files.readString(metadata).replaceFirst("uuid = \"\\w{8}", "uuid = \"00000000"));
    Run run = Run.of("convert", EXAMPLE, second.toString(), "-o", copy.toString());
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    assertThat(copy.resolve("cpuburn/kernel/metadata")).exists();
    assertThat(copy.resolve("second/kernel/metadata")).exists();
  }

  @Test
  void refusesAFolderWithSomethingInIt() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("precious"), "x");
    Run refused = Run.of("convert", EXAMPLE, "-o", taken.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.stderr()).contains("exists already");
    assertThat(taken.resolve("precious")).exists();

    assertThat(Run.of("convert", EXAMPLE, "-o", taken.toString(), "--force").exitCode()).isZero();
    assertThat(taken.resolve("precious")).doesNotExist();
    assertThat(taken.resolve("kernel/metadata")).exists();
    assertNothingBeside("taken");
  }

  @Test
  void refusesToReplaceItsSource() {
    Path copy = folder.resolve("copy");
    assertThat(Run.of("convert", EXAMPLE, "-o", copy.toString()).exitCode()).isZero();
    Run run = Run.of("convert", copy.toString(), "-o", copy.toString(), "--force");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.stderr()).contains("overlaps");
    assertThat(copy.resolve("kernel/metadata")).exists();
  }

  @Test
  void leavesNothingBehindWhenThereIsNoTrace() throws IOException {
    Run run = Run.of("convert", folder.toString(), "-o", folder.resolve("new").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertNothingBeside("");
  }

  private void assertNothingBeside(String name) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(entry -> String.valueOf(entry.getFileName())).toList())
          .isSubsetOf(name);
    }
  }

  @Test
  @Tag("oracle")
  void babeltrace2ReadsTheBundledTraceAlike() {
    assertSameText(Path.of(EXAMPLE));
  }

  /// Traces of several tracers, with all that is peculiar to them.
  @ParameterizedTest
  @Tag("oracle")
  @CsvSource({
    "ctf-traces/bug446190",
    "ctf-traces/context-switches/context-switches-ust",
    "ctf-traces/ctf-sequence-empty",
    "ctf-traces/cyg-profile",
    "ctf-traces/debuginfo-test-app2",
    "ctf-traces/flipping-endianness",
    "ctf-traces/mpi_gather",
    "ctf-traces/mpi_pthread",
    "ctf-traces/papi_counters",
    "ctf-traces/perf-taskset2",
    "babeltrace/traces/intersection/3eventsintersect",
    "babeltrace/traces/intersection/nointersect",
    "babeltrace/traces/packet-seq-num/2-lost-before-last",
    "babeltrace/traces/packet-seq-num/2-streams-lost-in-1",
    "babeltrace/traces/packet-seq-num/no-lost-not-starting-at-0",
    "babeltrace/traces/succeed/2packets",
    "babeltrace/traces/succeed/debug-info",
    "babeltrace/traces/succeed/ev-disc-no-ts-begin-end",
    "babeltrace/traces/succeed/lttng-crash",
    "babeltrace/traces/succeed/lttng-event-after-packet",
    "babeltrace/traces/succeed/multi-domains",
    "babeltrace/traces/succeed/no-packet-context",
    "babeltrace/traces/succeed/sequence",
    "babeltrace/traces/succeed/smalltrace",
    "babeltrace/traces/succeed/succeed1",
    "babeltrace/traces/succeed/trace-with-index",
    "babeltrace/traces/succeed/wk-heartbeat-u",
  })
  void babeltrace2ReadsTheCopyLikeTheSource(String trace) {
    assertSameText(SharedData.require("data/" + trace));
  }

  @ParameterizedTest
  @Tag("oracle")
  @Tag("slow")
  @CsvSource({
    "ctf-traces/many-threads",
    "ctf-traces/ros2",
    "lttng-kernel/blocking/kernel",
    "lttng-kernel/files/kernel",
    "lttng-kernel/flight",
    "lttng-kernel/net/kernel",
  })
  void babeltrace2ReadsTheCopyOfALargeTraceLikeTheSource(String trace) {
    assertSameText(SharedData.require("data/" + trace));
  }

  private void assertSameText(Path source) {
    Babeltrace2.require();
    Path copy = folder.resolve("copy");
    Run run = Run.of("convert", source.toString(), "-o", copy.toString());
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    Babeltrace2.Result expected = Babeltrace2.run(source);
    Babeltrace2.Result actual = Babeltrace2.run(copy);
    assertThat(actual.exitCode()).as(actual.stderr()).isEqualTo(expected.exitCode());
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(losses(actual, copy)).isEqualTo(losses(expected, source));
  }

  private static List<String> losses(Babeltrace2.Result result, Path trace) {
    return result
        .stderr()
        .lines()
        .filter(line -> line.startsWith("WARNING: Tracer"))
        // Which folder of several is named first is not decided by the trace.
        .map(line -> line.replaceAll("within stream \"[^\"]*\"", ""))
        .map(line -> line.replace(trace.toString(), "TRACE"))
        .toList();
  }
}
