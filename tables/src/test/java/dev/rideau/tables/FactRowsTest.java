package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.FactColumn;
import dev.rideau.kernel.FactTable;
import dev.rideau.kernel.FactTables;
import dev.rideau.kernel.FactType;
import dev.rideau.tables.internal.catalog.Ddl;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/// What goes in as batches comes out as rows, for every table, from any number of threads.
final class FactRowsTest {

  @Property(tries = 6)
  void rowsAreThoseOfTheBatches(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll @IntRange(min = 0, max = 6000) int most) {
    RandomFacts machine = new RandomFacts("alpha", seed, most);
    DatabaseOptions options = DatabaseOptions.of(_ -> {}).withThreads(threads);
    try (TraceDatabase database = TestDatabases.open(TestDatabases.CPUBURN, options, machine)) {
      database.prepare(FactTables.ALL);
      for (FactTable table : FactTables.ALL) {
        assertRows(database, table, machine, 0);
      }
    }
  }

  @Property(tries = 3)
  void idsOfSeveralMachinesDiffer(@ForAll long seed) {
    RandomFacts first = new RandomFacts("alpha", seed, 300);
    RandomFacts second = new RandomFacts("beta", seed + 1, 300);
    DatabaseOptions options = DatabaseOptions.of(_ -> {}).withThreads(2);
    try (TraceDatabase database =
        TestDatabases.open(TestDatabases.CPUBURN, options, first, second)) {
      assertThat(TestDatabases.rows(database, "SELECT * FROM host ORDER BY host"))
          .containsExactly(List.of("0", "alpha"), List.of("1", "beta"));
      assertThat(
              TestDatabases.rows(
                  database,
                  "SELECT utid::HUGEINT - "
                      + Ddl.HOST_STRIDE
                      + ", tid, name FROM thread WHERE host = 1"))
          .hasSameSizeAs(second.rowsOf("thread"))
          .containsExactlyInAnyOrderElementsOf(
              second.rowsOf("thread").stream()
                  .map(row -> java.util.Arrays.asList(row.get(0), row.get(1), row.get(3)))
                  .toList());
    }
  }

  private static void assertRows(
      TraceDatabase database, FactTable table, RandomFacts machine, int host) {
    String columns =
        table.columns().stream()
            .map(column ->
                column.type() == FactType.DOUBLE
                    ? Ddl.quoted(column.name()) + "::DOUBLE"
                    : Ddl.quoted(column.name()))
            .collect(Collectors.joining(", "));
    List<List<@Nullable String>> found =
        TestDatabases.rows(
            database, "SELECT " + columns + " FROM " + table.name() + " WHERE host = " + host);
    List<List<@Nullable String>> expected = machine.rowsOf(table.name());
    assertThat(found)
        .as(table.name() + " " + table.columns().stream().map(FactColumn::name).toList())
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
