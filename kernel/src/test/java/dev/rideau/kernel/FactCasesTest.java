package dev.rideau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.internal.slice.SlicePlan;
import dev.rideau.kernel.testing.FactRows;
import dev.rideau.kernel.testing.KernelFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tiny traces with the rows that must come out of them, in files of the folder `cases`:
///
/// ```
/// == the rule that it shows
/// records in the notation of TraceNotation
/// -- table: columns that are compared
/// sorted rows, values with " | " between
/// ```
final class FactCasesTest {
  private static final List<String> FILES = List.of("syscalls", "descriptors", "mappings");

  /// @param expected rows by `table: columns`
  record Case(String name, String trace, Map<String, List<String>> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return FILES.stream().flatMap(file -> read(file).stream());
  }

  private static List<Case> read(String file) {
    List<Case> cases = new ArrayList<>();
    for (String text : resource(file).split("(?m)^== ")) {
      if (text.isBlank()) {
        continue;
      }
      String[] parts = text.split("(?m)^-- ");
      String name = parts[0].lines().findFirst().orElseThrow();
      Map<String, List<String>> expected = new LinkedHashMap<>();
      for (String part : Arrays.asList(parts).subList(1, parts.length)) {
        List<String> lines = part.lines().filter(line -> !line.isBlank()).toList();
        expected.put(lines.getFirst(), lines.subList(1, lines.size()));
      }
      cases.add(new Case(name, parts[0].substring(name.length()), expected));
    }
    return cases;
  }

  private static String resource(String file) {
    try (InputStream stream = FactCasesTest.class.getResourceAsStream("cases/" + file + ".txt")) {
      if (stream == null) {
        throw new IllegalStateException("no file of cases: " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsAreAsExpected(Case each) throws InterruptedException {
    assertThat(actual(each, Integer.MAX_VALUE)).isEqualTo(each.expected());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsAreTheSameWhenEveryRecordIsASlice(Case each) throws InterruptedException {
    assertThat(actual(each, 1)).isEqualTo(each.expected());
  }

  private static Map<String, List<String>> actual(Case each, int sliceRecords)
      throws InterruptedException {
    FactRows rows = new FactRows();
    SlicePlan plan = new SlicePlan(List.of(), sliceRecords);
    KernelFacts.of(each.trace()).run(Set.copyOf(FactTables.ALL), 1, plan, rows, _ -> {});
    Map<String, List<String>> actual = new LinkedHashMap<>();
    for (String heading : each.expected().keySet()) {
      String[] words = heading.split(":? ");
      FactTable table =
          FactTables.ALL.stream()
              .filter(known -> known.name().equals(words[0]))
              .findFirst()
              .orElseThrow();
      List<String> selected = new ArrayList<>();
      for (String row : rows.of(table)) {
        String[] values = row.split("\t", -1);
        selected.add(
            Arrays.stream(words)
                .skip(1)
                .map(column -> values[table.indexOf(column)])
                .reduce((left, right) -> left + " | " + right)
                .orElseThrow());
      }
      actual.put(heading, selected.stream().sorted().toList());
    }
    return actual;
  }
}
