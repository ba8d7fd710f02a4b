package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.ctf.CtfTraceReader;
import dev.rideau.kernel.testing.NotationReader;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the trackers make of a trace is also computed from its records alone, by window functions
/// and joins: two programs that share no code agree on every row. Each file has what it pins, the
/// events that it needs, the rows of fact tables, and the same rows from records.
@Tag("slow") // for the properties
@org.junit.jupiter.api.Tag("slow") // for the tests
final class RecomputedFactsTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("tables/src/test/resources/dev/rideau/tables");
  private static final int MOST_DIFFERENCES = 5;

  private record Recomputation(String name, List<String> needs, String facts, String records) {}

  @Property(tries = 8)
  void ofRandomTraces(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    String notation = OrderlyKernelTrace.write(random, 50 + random.nextInt(500));
    try (TraceDatabase database = database(notation)) {
      assertSame(database, notation);
    }
  }

  @Test
  void everyOneIsAppliedToRandomTraces() throws IOException {
    try (TraceDatabase database = database(OrderlyKernelTrace.write(new Random(7), 3_000))) {
      assertThat(assertSame(database, "seed 7"))
          .containsAll(recomputations().stream().map(Recomputation::name).toList());
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.api.Tag("shared")
  @ValueSource(strings = {"cpuburn-4cpu", "disk", "net", "blocking"})
  void ofRealTraces(String name) throws IOException {
    Path trace = SharedData.require("data/lttng-kernel/" + name);
    try (TraceDatabase database =
        TraceDatabase.open(
            List.of(trace),
            List.of(new CtfTraceReader()),
            DatabaseOptions.of(_ -> {}).withThreads(2))) {
      assertThat(assertSame(database, name)).hasSizeGreaterThan(5);
    }
  }

  private static TraceDatabase database(String notation) {
    return TraceDatabase.open(
        List.of(Path.of("").toAbsolutePath()),
        List.of(new NotationReader(notation)),
        DatabaseOptions.of(_ -> {}).withThreads(1));
  }

  /// Compares all whose events are there.
  private static Set<String> assertSame(TraceDatabase database, String trace) throws IOException {
    Set<String> events = new TreeSet<>();
    TestDatabases.rows(database, "SELECT name FROM event_class WHERE events > 0")
        .forEach(row -> events.add(Objects.requireNonNull(row.getFirst())));
    Set<String> compared = new TreeSet<>();
    for (Recomputation each : recomputations()) {
      if (events.containsAll(each.needs)) {
        compared.add(each.name);
        assertThat(TestDatabases.rows(database, differences(each)))
            .as("%s of %s", each.name, trace)
            .isEmpty();
      }
    }
    return compared;
  }

  private static String differences(Recomputation each) {
    return """
    WITH facts AS (%s), records AS (%s)
    (SELECT 'only in facts', * FROM (FROM facts EXCEPT ALL FROM records) LIMIT %d)
    UNION ALL
    (SELECT 'only in records', * FROM (FROM records EXCEPT ALL FROM facts) LIMIT %3$d)
    """
        .formatted(each.facts, each.records, MOST_DIFFERENCES);
  }

  private static List<Recomputation> recomputations() throws IOException {
    String common = Files.readString(FOLDER.resolve("recomputed-common.sql")).strip();
    List<Recomputation> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("recomputed"))) {
      for (Path file : files.sorted().toList()) {
        String[] parts = Files.readString(file).split("\n---\n");
        List<String> needs =
            parts[0]
                .lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(name -> !name.isEmpty())
                .toList();
        String records = parts[2].strip();
        boolean goesOn = !records.startsWith("SELECT");
        String with = goesOn ? common : common.substring(0, common.length() - 1);
        String name = String.valueOf(file.getFileName()).replace(".txt", "");
        all.add(new Recomputation(name, needs, parts[1], with + "\n" + records));
      }
    }
    return all;
  }
}
