package dev.rideau.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rideau.kernel.schema.CpuTables;
import dev.rideau.kernel.schema.RecordingTables;
import dev.rideau.kernel.schema.ThreadTables;
import dev.rideau.kernel.testing.FactRows;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares facts with what the traced machine and its programs counted themselves.
@Tag("shared")
final class TruthTest {
  /// Switches that the machine counts and the tracer does not see, or the other way round.
  private static final long SWITCH_TOLERANCE = 2;

  private static final double CPU_TIME_TOLERANCE = 0.02;

  /// The kernel counts some of the time of a switch for the thread: on this emulated machine up to
  /// so much. The sums of sched_stat_runtime in the traces are as far from those of sched_switch.
  private static final double SWITCH_NS = 200_000;

  private static final Pattern NUMBER = Pattern.compile("(\\w+) = (\\d+).*");
  private static final Pattern SOFTIRQ = Pattern.compile("softirq (\\w+): total=(\\d+).*");
  private static final Pattern INTERRUPT = Pattern.compile("interrupt (\\d+): total=(\\d+).*");
  private static final Pattern DELTA = Pattern.compile("stat (\\w+): delta=(\\d+)");

  @ParameterizedTest
  @ValueSource(strings = {"cpuburn-4cpu", "blocking", "net", "files", "disk"})
  void agreesWithTruth(String name) throws IOException, InterruptedException {
    Path folder = SharedData.require("data/lttng-kernel/" + name);
    List<String> truth = Files.readAllLines(folder.resolve("truth.txt"));
    try (OpenedTraces traces = Traces.open(List.of(folder), _ -> {})) {
      FactRows rows = new FactRows();
      Set<FactTable> wanted =
          Set.of(
              CpuTables.SCHED_SLICE,
              CpuTables.IRQ,
              CpuTables.SOFTIRQ,
              ThreadTables.THREAD,
              ThreadTables.PROCESS,
              RecordingTables.RECORDING);
      KernelExtraction.of(traces).getFirst().run(wanted, 2, rows, _ -> {});
      new Comparison(truth, rows).run();
    }
  }

  private static final class Comparison {
    private final List<String> truth;
    private final FactRows rows;
    private final long beginNs;
    private final long endNs;
    private final long beginReadNs;
    private final long endReadNs;

    Comparison(List<String> truth, FactRows rows) {
      this.truth = truth;
      this.rows = rows;
      long bootNs =
          rows.of(RecordingTables.RECORDING).stream()
              .filter(row -> row.startsWith("boot_ts\t"))
              .mapToLong(row -> Long.parseLong(row.substring(row.indexOf('\t') + 1)))
              .findFirst()
              .orElseThrow();
      beginNs = bootNs + number("start_mono_ns");
      endNs = bootNs + number("end_mono_ns");
      beginReadNs = bootNs + number("counters_read_until_mono_ns");
      endReadNs = bootNs + number("end_counters_read_until_mono_ns");
    }

    void run() {
      Map<String, Long> deltas = matches(DELTA);
      assertThat(forks()).as("forks").isEqualTo(deltas.get("processes"));
      compare(
          "context switches", Map.of("all", deltas.get("ctxt")), CpuTables.SCHED_SLICE, _ -> "all");
      compare("interrupts", matches(INTERRUPT), CpuTables.IRQ, row -> row[4]);
      compare("softirqs", matches(SOFTIRQ), CpuTables.SOFTIRQ, row -> row[5]);
      compareCpuTime();
    }

    /// The counters were read for some milliseconds at either end: what they say lies between what
    /// happened in the shortest and in the longest time that they may mean.
    private void compare(
        String what, Map<String, Long> expected, FactTable table, Function<String[], String> key) {
      Map<String, Long> least = count(table, key, beginReadNs, endNs);
      Map<String, Long> most = count(table, key, beginNs, endReadNs);
      long tolerance = table.equals(CpuTables.SCHED_SLICE) ? SWITCH_TOLERANCE : 0;
      expected.forEach((name, count) ->
          assertThat(count)
              .as("%s %s", what, name)
              .isBetween(
                  least.getOrDefault(name, 0L) - tolerance,
                  most.getOrDefault(name, 0L) + tolerance));
    }

    private void compareCpuTime() {
      Map<String, Long> runNs = new HashMap<>();
      Map<String, String> pids = new HashMap<>();
      rows.of(ThreadTables.THREAD).stream()
          .map(row -> row.split("\t"))
          .forEach(row -> pids.put(row[0], row[1]));
      rows.of(CpuTables.SCHED_SLICE).stream()
          .map(row -> row.split("\t"))
          .forEach(row ->
              runNs.merge(pids.getOrDefault(row[4], "?"), Long.parseLong(row[1]), Long::sum));
      String pid = "";
      long expected = 0;
      for (String line : truth) {
        Matcher number = NUMBER.matcher(line);
        if (!number.matches()) {
          continue;
        }
        switch (number.group(1)) {
          case "pid" -> pid = number.group(2);
          case "schedstat_leader_run_ns" -> expected = Long.parseLong(number.group(2));
          case "schedstat_leader_slices" -> {
            double least = expected * CPU_TIME_TOLERANCE;
            double tolerance = least + SWITCH_NS * Long.parseLong(number.group(2));
            assertThat((double) runNs.getOrDefault(pid, 0L))
                .as("CPU time of process %s", pid)
                .isCloseTo(expected, within(tolerance));
          }
          default -> {}
        }
      }
    }

    private long forks() {
      return rows.of(ThreadTables.THREAD).stream()
          .map(row -> row.split("\t")[4])
          .filter(start -> !start.equals("-"))
          .mapToLong(Long::parseLong)
          .filter(start -> start >= beginNs && start <= endNs)
          .count();
    }

    private Map<String, Long> count(
        FactTable table, Function<String[], String> key, long fromNs, long toNs) {
      Map<String, Long> counts = new TreeMap<>();
      for (String row : rows.of(table)) {
        String[] values = row.split("\t");
        long ts = Long.parseLong(values[0]);
        if (ts >= fromNs && ts <= toNs) {
          counts.merge(key.apply(values), 1L, Long::sum);
        }
      }
      return counts;
    }

    private Map<String, Long> matches(Pattern pattern) {
      Map<String, Long> found = new TreeMap<>();
      for (String line : truth) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.matches()) {
          found.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
      }
      return found;
    }

    private long number(String name) {
      for (String line : truth) {
        Matcher matcher = NUMBER.matcher(line);
        if (matcher.matches() && matcher.group(1).equals(name)) {
          return Long.parseLong(matcher.group(2));
        }
      }
      throw new AssertionError("the truth does not tell " + name);
    }
  }
}
