package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.cli.internal.Console;
import dev.rideau.trace.testing.Babeltrace2;
import dev.rideau.trace.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `rideau cat` and `babeltrace2` side by side.
@Tag("slow")
@Tag("oracle")
final class CatOracleTest {
  private static final Pattern LOSS =
      Pattern.compile("discarded(?: ([0-9]+))? (event|packet)s? ?(?:between (\\[.*] and \\[.*]))?");

  /// One run of our command, with the bytes it printed.
  private record Output(int exitCode, byte[] stdout, String stderr) {
    static Output of(String... arguments) {
      ByteArrayOutputStream stdout = new ByteArrayOutputStream();
      ByteArrayOutputStream stderr = new ByteArrayOutputStream();
      int exitCode = Main.run(Console.of(stdout, stderr), Commands.ALL, arguments);
      return new Output(exitCode, stdout.toByteArray(), stderr.toString(StandardCharsets.UTF_8));
    }
  }

  /// Every trace of the shared data that babeltrace2 is said to read.
  static Stream<String> traces() throws IOException {
    Path root = SharedData.root().orElse(Path.of("absent"));
    if (!Files.isDirectory(root)) {
      return Stream.of("data");
    }
    List<String> found = new ArrayList<>();
    for (String folder :
        List.of("data/babeltrace/traces", "data/ctf-traces", "data/lttng-kernel")) {
      try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
        paths
            .filter(path -> path.endsWith("metadata"))
            .map(path -> root.relativize(path.getParent()).toString())
            .filter(path -> !path.contains("/fail/") && !path.contains("/CTF2-"))
            .forEach(found::add);
      }
    }
    return found.stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("traces")
  void printsTheSameText(String relative) {
    Path trace = SharedData.require(relative);
    Babeltrace2.Result expected = Babeltrace2.run(trace);
    Assumptions.assumeTrue(expected.exitCode() == 0, "skipped: babeltrace2 cannot read it");
    Output ours = Output.of("cat", "--clock-gmt", trace.toString());
    assertSame(ours.stdout(), expected.stdout());
    assertThat(losses(ours.stderr())).isEqualTo(losses(expected.stderr()));
    assertThat(ours.exitCode()).isZero();
  }

  /// babeltrace2 2.0.4 reads no CTF 2, but the traces that these were made of.
  @ParameterizedTest
  @ValueSource(strings = {"succeed1", "trace-with-index", "meta-variant-no-underscore"})
  void printsCtf2AsTheTraceItWasMadeOf(String name) {
    Path twin = SharedData.require("data/babeltrace/traces/succeed/" + name);
    Path trace = SharedData.require("data/ctf-traces/CTF2-7.0-" + name);
    Babeltrace2.Result expected = Babeltrace2.run(twin);
    assertThat(expected.stdout()).isNotEmpty();
    Output ours = Output.of("cat", "--clock-gmt", trace.toString());
    assertSame(ours.stdout(), expected.stdout());
    assertThat(ours.exitCode()).isZero();
  }

  /// Babeltrace 2.1 reads this one and expects these values; 2.0.4 does not.
  @Test
  void printsAnEmptyArrayWithAlignedElements() throws IOException {
    Path trace = SharedData.require("data/babeltrace/traces/succeed/array-align-elem");
    Path details =
        SharedData.require("data/babeltrace/expect/details/trace-array-align-elem.expect");
    assertThat(Files.readString(details)).contains("    a: 1\n    b: Empty\n    c: 3\n");
    Output ours = Output.of("cat", trace.toString());
    assertThat(new String(ours.stdout(), StandardCharsets.UTF_8))
        .isEqualTo("ev: { a = 1, b = [ ], c = 3 }\n");
  }

  /// babeltrace2 stops where a packet begins before the end of the one before it.
  @ParameterizedTest
  @ValueSource(
      strings = {"data/ctf-traces/synctraces/scp_src", "data/ctf-traces/synctraces/scp_dest"})
  void goesOnWhereTimeGoesBack(String relative) {
    Path trace = SharedData.require(relative);
    Babeltrace2.Result expected = Babeltrace2.run(trace);
    assertThat(expected.exitCode()).isEqualTo(1);
    Output ours = Output.of("cat", "--clock-gmt", trace.toString());
    byte[] begin = Arrays.copyOf(ours.stdout(), expected.stdout().length);
    assertSame(begin, expected.stdout());
    assertThat(ours.stdout().length).isGreaterThan(begin.length);
    assertThat(ours.stderr()).contains("time-goes-back");
  }

  static Stream<String> options() {
    return Stream.of(
        "--names=all",
        "--names=none",
        "--names=scope",
        "--names=header,payload",
        "--names=context",
        "--names=none,payload",
        "--fields=all",
        "--fields=trace",
        "--fields=loglevel,emf",
        "--fields=trace:domain,trace:vpid",
        "--fields=all --names=all",
        "--clock-seconds",
        "--clock-cycles",
        "--clock-date",
        "--clock-cycles --names=all",
        "--no-delta",
        "--no-delta --names=all --fields=all",
        "--no-delta --clock-cycles");
  }

  @ParameterizedTest
  @MethodSource("options")
  void understandsOptionsInTheSameWay(String options) {
    for (String trace :
        List.of(
            "babeltrace/traces/succeed/wk-heartbeat-u",
            "babeltrace/traces/succeed/multi-domains",
            "babeltrace/traces/succeed/debug-info",
            "babeltrace/traces/succeed/succeed1",
            "babeltrace/traces/succeed/meta-variant-two-underscores",
            "babeltrace/traces/live/split-metadata",
            "ctf-traces/mpi_gather",
            "ctf-traces/ctf-sequence-empty",
            "ctf-traces/cyg-profile")) {
      assertSame(trace, options);
    }
  }

  static Stream<String> timeRanges() {
    return Stream.of(
        "--begin=10:15:09.000000021",
        "--end=10:15:09.000000021",
        "--begin=10:15:09.00000005 --end=10:15:09.0000001",
        "--timerange=[10:15:09.000000042,10:15:09.000000091]",
        "--begin=2015-07-31 --end=2035-07-31",
        "--begin=13515309.000000042",
        "--end=13515309.000000072");
  }

  @ParameterizedTest
  @MethodSource("timeRanges")
  void understandsTimesInTheSameWay(String options) {
    for (String trace :
        List.of(
            "babeltrace/traces/intersection/onestream",
            "babeltrace/traces/packet-seq-num/2-streams-lost-in-2")) {
      assertSame(trace, options);
    }
  }

  /// Where babeltrace2 repeats the text of an earlier record, and nowhere else.
  @Test
  void printsEmptyStringsWhereTimesAreBounded() {
    String trace = SharedData.require("data/lttng-kernel/cpuburn-4cpu").toString();
    List<String> expected =
        lines(Babeltrace2.run("--clock-gmt", "--begin=04:41:26.5", trace).stdout());
    List<String> ours =
        lines(Output.of("cat", "--clock-gmt", "--begin=04:41:26.5", trace).stdout());
    assertThat(ours).hasSameSizeAs(expected);
    int different = 0;
    for (int i = 0; i < ours.size(); i++) {
      if (!ours.get(i).equals(expected.get(i))) {
        different++;
        assertThat(expected.get(i)).matches(anyTextWhereEmpty(ours.get(i)));
      }
    }
    assertThat(different).isBetween(1, 100);
  }

  private static String anyTextWhereEmpty(String line) {
    return Pattern.quote(line).replace("\"\"", "\"\\E[^\"]*\\Q\"");
  }

  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void mergesTracesThatShareAClock() {
    String folder = SharedData.require("data/babeltrace/traces/succeed/multi-domains").toString();
    assertSame(
        Output.of("cat", "--clock-gmt", folder + "/ust", folder + "/kernel").stdout(),
        Babeltrace2.run(folder + "/ust", folder + "/kernel").stdout());
    assertSame(
        Output.of("cat", "--clock-gmt", "--fields=all", folder).stdout(),
        Babeltrace2.run("--fields=all", folder).stdout());
  }

  @Test
  void refusesTracesWithoutACommonTimeline() {
    Path traces = SharedData.require("data");
    String[] both = {
      traces.resolve("babeltrace/traces/succeed/2packets").toString(),
      traces.resolve("ctf-traces/papi_counters").toString()
    };
    assertThat(Babeltrace2.run((Object[]) both).exitCode()).isEqualTo(1);
    Output ours = Output.of("cat", both[0], both[1]);
    assertThat(ours.exitCode()).isEqualTo(1);
    assertThat(ours.stderr()).contains("cannot be compared").contains("--clock-force-correlate");
    assertSame(
        Output.of("cat", "--clock-gmt", "--clock-force-correlate", both[0], both[1]).stdout(),
        Babeltrace2.run("--clock-force-correlate", both[0], both[1]).stdout());
  }

  private static void assertSame(String trace, String options) {
    Path path = SharedData.require("data/" + trace);
    List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
    arguments.add(path.toString());
    Babeltrace2.Result expected = Babeltrace2.run(arguments.toArray());
    arguments.addAll(0, List.of("cat", "--clock-gmt"));
    Output ours = Output.of(arguments.toArray(String[]::new));
    assertSame(ours.stdout(), expected.stdout());
    assertThat(losses(ours.stderr())).isEqualTo(losses(expected.stderr()));
  }

  /// Says where two texts begin to differ, and not how: they may be large.
  private static void assertSame(byte[] actual, byte[] expected) {
    int at = Arrays.mismatch(actual, expected);
    if (at >= 0) {
      assertThat(line(actual, at)).isEqualTo(line(expected, at));
      throw new AssertionError("the texts differ at byte " + at);
    }
  }

  private static String line(byte[] text, int at) {
    int begin = Math.min(at, text.length);
    while (begin > 0 && text[begin - 1] != '\n') {
      begin--;
    }
    int end = Math.min(at, text.length);
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return new String(text, begin, end - begin, StandardCharsets.UTF_8);
  }

  /// Counts, kinds and times of losses, in their order.
  private static List<String> losses(String stderr) {
    List<String> losses = new ArrayList<>();
    Matcher matcher = LOSS.matcher(stderr);
    while (matcher.find()) {
      losses.add(matcher.group(1) + " " + matcher.group(2) + " " + matcher.group(3));
    }
    return losses.stream().sorted().toList();
  }
}
