package dev.rideau.ctf.internal.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.Loss;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Severity;
import dev.rideau.trace.TraceException;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.Babeltrace2;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Data streams, packets and losses of real traces are those that babeltrace2 sees.
@Tag("slow")
@Tag("oracle")
final class Babeltrace2PacketsTest {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "^(?:\\[(?:Unknown|[\\d,]+ (?<from>-?[\\d,]+))\\] )?"
              + "(?:\\[[\\d,]+ (?<to>-?[\\d,]+)\\] )?"
              + "\\{(?<stream>\\d+ \\d+ \\d+)\\} "
              + "(?<kind>Packet beginning|Packet end|Discarded events|Discarded packets)"
              + "(?: \\((?<count>[\\d,]+) .*\\))?$");

  @TestFactory
  List<DynamicTest> readable() throws IOException {
    Babeltrace2.require();
    List<DynamicTest> tests = new ArrayList<>();
    for (String folder :
        new String[] {
          "data/babeltrace/traces/succeed",
          "data/babeltrace/traces/intersection",
          "data/babeltrace/traces/packet-seq-num",
          "data/babeltrace/traces/deterministic-ordering",
          "data/ctf-traces",
          "data/lttng-kernel/cpuburn-4cpu"
        }) {
      for (Path trace : tracesBelow(SharedData.require(folder))) {
        tests.add(DynamicTest.dynamicTest(trace.toString(), () -> compare(trace)));
      }
    }
    for (String folder :
        new String[] {
          "data/babeltrace/traces/succeed/multi-domains", "data/lttng-kernel/flight",
        }) {
      Path above = SharedData.require(folder);
      tests.add(DynamicTest.dynamicTest(above.toString(), () -> compare(above)));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> unreadable() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path trace : tracesBelow(SharedData.require("data/babeltrace/traces/fail"))) {
      tests.add(
          DynamicTest.dynamicTest(
              trace.toString(), () -> assertThat(errorsOf(trace)).isNotEmpty()));
    }
    return tests;
  }

  private static List<Diagnostic> errorsOf(Path trace) {
    List<Diagnostic> found = new ArrayList<>();
    try (OpenedTraces opened = Traces.open(List.of(trace), found::add)) {
      assertThat(opened.traces()).hasSize(1);
    } catch (TraceException refusal) {
      found.add(refusal.diagnostic());
    }
    return found.stream().filter(one -> one.severity() == Severity.ERROR).toList();
  }

  private static List<Path> tracesBelow(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.endsWith("metadata"))
          .map(path -> path.resolveSibling(""))
          .map(Path::normalize)
          .sorted()
          .toList();
    }
  }

  /// What one side knows of a data stream.
  private static final class Facts {
    final List<String> begins = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    final List<String> losses = new ArrayList<>();
  }

  private static void compare(Path trace) {
    Babeltrace2.Result result =
        Babeltrace2.run(
            trace, "--component=sink.text.details", "--params=with-metadata=no,compact=yes");
    Map<String, Facts> theirs = read(result.text());
    List<Diagnostic> diagnostics = new ArrayList<>();
    try (OpenedTraces opened = Traces.open(List.of(trace), diagnostics::add)) {
      Map<String, Facts> ours = read(opened);
      if (result.exitCode() != 0) {
        // It gave up somewhere; what it saw before must be the same.
        theirs.forEach((stream, facts) -> assertPrefix(facts, ours.get(stream)));
        return;
      }
      assertThat(ours.keySet()).isEqualTo(theirs.keySet());
      boolean endsAreSaid = endsAreSaid(opened);
      theirs.forEach((stream, facts) -> {
        Facts same = ours.getOrDefault(stream, new Facts());
        assertThat(same.begins).as("begins").isEqualTo(facts.begins);
        assertThat(same.losses).as("losses").isEqualTo(facts.losses);
        if (endsAreSaid) {
          assertThat(same.ends).as("ends").isEqualTo(facts.ends);
        }
      });
      assertThat(diagnostics).noneMatch(one -> one.severity() == Severity.ERROR);
    }
  }

  private static void assertPrefix(Facts theirs, @Nullable Facts ours) {
    assertThat(ours).isNotNull();
    if (ours != null) {
      assertThat(ours.begins).startsWith(theirs.begins.toArray(new String[0]));
      assertThat(ours.losses).startsWith(theirs.losses.toArray(new String[0]));
    }
  }

  /// Where tracers get ends wrong, babeltrace2 shows those of the last record of each packet.
  private static boolean endsAreSaid(OpenedTraces opened) {
    return opened.traces().stream()
        .map(trace -> TracerVersion.of(trace.traceClass().environment()))
        .noneMatch(version -> version != null && version.leavesPacketsOpen());
  }

  /// Its traces have numbers in the order in which it meets them, so streams of several traces are
  /// told apart by their first packet.
  private static Map<String, Facts> read(String text) {
    Map<String, Facts> byNumber = new TreeMap<>();
    text.lines()
        .map(MESSAGE::matcher)
        .filter(Matcher::matches)
        .forEach(message -> {
          Facts facts = byNumber.computeIfAbsent(message.group("stream"), _ -> new Facts());
          String from = number(message.group("from"));
          String kind = message.group("kind");
          switch (kind) {
            case "Packet beginning" -> facts.begins.add(from);
            case "Packet end" -> facts.ends.add(from);
            default ->
                facts.losses.add(
                    "%s %s %s %s"
                        .formatted(
                            kind.substring(kind.indexOf(' ') + 1),
                            number(message.group("count")),
                            from,
                            number(message.group("to"))));
          }
        });
    Map<String, Facts> named = new TreeMap<>();
    byNumber.forEach((stream, facts) ->
        named.put(
            stream.substring(stream.indexOf(' ') + 1) + " " + facts.begins.getFirst(), facts));
    return named;
  }

  private static String number(@Nullable String shown) {
    return shown == null ? "?" : shown.replace(",", "");
  }

  private static Map<String, Facts> read(OpenedTraces opened) {
    Map<String, Facts> named = new TreeMap<>();
    for (DataStream stream : opened.dataStreams()) {
      Facts facts = new Facts();
      PacketIndex packets = stream.packets();
      for (int packet = 0; packet < packets.size(); packet++) {
        facts.begins.add(known(packets.beginNs(packet)));
        facts.ends.add(known(packets.endNs(packet)));
      }
      for (Loss loss : stream.losses()) {
        facts.losses.add(
            "%s %s %s %s"
                .formatted(
                    loss.kind() == Loss.Kind.DISCARDED_EVENTS ? "events" : "packets",
                    loss.count() == Loss.UNKNOWN_COUNT ? "?" : Long.toString(loss.count()),
                    known(loss.beginNs()),
                    known(loss.endNs())));
      }
      named.put(
          stream.dataStreamClass().id() + " " + stream.number() + " " + facts.begins.getFirst(),
          facts);
    }
    return named;
  }

  private static String known(long value) {
    return value == PacketIndex.UNKNOWN ? "?" : Long.toString(value);
  }
}
