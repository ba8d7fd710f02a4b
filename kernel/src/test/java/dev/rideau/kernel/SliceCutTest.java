package dev.rideau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.internal.slice.SlicePlan;
import dev.rideau.kernel.testing.FactRows;
import dev.rideau.kernel.testing.KernelFacts;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.PacketIndex;
import dev.rideau.trace.Traces;
import dev.rideau.trace.testing.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Facts do not depend on where time is cut: every table, of random and of real traces.
final class SliceCutTest {
  private static final int MOST_DIFFERENCES = 20;
  private static final int WHOLE = Integer.MAX_VALUE;

  @Property(tries = 300)
  void randomTraces(@ForAll Random random) throws InterruptedException {
    String notation = RandomKernelTrace.write(random);
    List<Long> cuts = new ArrayList<>();
    int count = random.nextInt(64);
    for (int i = 0; i < count; i++) {
      cuts.add(RandomKernelTrace.BEGIN_NS + random.nextLong(RandomKernelTrace.LENGTH_NS));
    }
    KernelExtraction machine = KernelFacts.of(notation);
    List<String> whole = rows(machine, 1, new SlicePlan(List.of(), WHOLE));
    int sliceRecords = random.nextBoolean() ? WHOLE : 1 + random.nextInt(40);
    SlicePlan plan = new SlicePlan(cuts, sliceRecords);
    List<String> differences = differences(whole, rows(machine, 1 + random.nextInt(3), plan));
    assertThat(differences)
        .as("cut at %s, every %d records, of\n%s", plan.cutsNs(), sliceRecords, notation)
        .isEmpty();
  }

  @ParameterizedTest
  @Tag("shared")
  @Tag("slow")
  @ValueSource(
      strings = {
        "lttng-kernel/cpuburn-4cpu",
        "lttng-kernel/blocking",
        "lttng-kernel/net",
        "lttng-kernel/flight",
        "ctf-traces/bug446190",
        "ctf-traces/synctraces/scp_src",
        "ctf-traces/flipping-endianness",
      })
  void realTraces(String trace) throws InterruptedException {
    Path path = SharedData.require("data/" + trace);
    Random random = new Random(trace.hashCode());
    try (OpenedTraces traces = Traces.open(List.of(path), _ -> {})) {
      KernelExtraction machine = KernelExtraction.of(traces).getFirst();
      List<String> whole = rows(machine, 1, new SlicePlan(List.of(), WHOLE));
      for (int count : new int[] {1, 7, 63}) {
        SlicePlan plan = new SlicePlan(cuts(traces, random, count), 1000 + random.nextInt(30_000));
        assertThat(differences(whole, rows(machine, 2, plan)))
            .as("%s cut at %s", trace, plan)
            .isEmpty();
      }
    }
  }

  private static List<Long> cuts(OpenedTraces traces, Random random, int count) {
    long begin = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (DataStream stream : traces.dataStreams()) {
      PacketIndex packets = stream.packets();
      for (int i = 0; i < packets.size(); i++) {
        begin = Math.min(begin, packets.beginNs(i));
        end = Math.max(end, packets.endNs(i));
      }
    }
    List<Long> cuts = new ArrayList<>();
    for (int i = 0; i < count && begin < end; i++) {
      cuts.add(random.nextLong(begin, end));
    }
    return cuts;
  }

  /// Rows that only one of two sorted lists has, the first of them.
  private static List<String> differences(List<String> expected, List<String> actual) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    expected.forEach(row -> counts.merge(row, 1, Integer::sum));
    actual.forEach(row -> counts.merge(row, -1, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() != 0)
        .map(entry -> (entry.getValue() > 0 ? "missing: " : "too many: ") + entry.getKey())
        .limit(MOST_DIFFERENCES)
        .toList();
  }

  private static List<String> rows(KernelExtraction machine, int threads, SlicePlan plan)
      throws InterruptedException {
    FactRows rows = new FactRows();
    machine.run(Set.copyOf(FactTables.ALL), threads, plan, rows, _ -> {});
    return rows.all();
  }
}
