package dev.rideau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.internal.slice.SlicePlan;
import dev.rideau.kernel.testing.FactRows;
import dev.rideau.kernel.testing.KernelFacts;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Small traces and the rows that they make, a text file each: a trace in the notation of
/// [dev.rideau.kernel.testing.TraceNotation], then for each table of interest a line `== name`, a
/// line with columns, and rows. Times are relative to nothing, ids of threads are as given out.
final class CasesTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("kernel/src/test/resources/dev/rideau/kernel/cases");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesTheseRows(String name) throws IOException, InterruptedException {
    String text = Files.readString(FOLDER.resolve(name));
    int trace = text.indexOf("\n== ");
    FactRows rows = new FactRows();
    KernelFacts.of(text.substring(0, trace))
        .run(Set.copyOf(FactTables.ALL), 1, new SlicePlan(List.of(), 1), rows, _ -> {});
    List<String> expected = text.substring(trace + 1).lines().toList();
    List<String> actual = actual(expected, rows);
    if (Boolean.getBoolean("rideau.regenerate")) {
      Files.writeString(
          FOLDER.resolve(name), text.substring(0, trace + 1) + String.join("\n", actual) + "\n");
      return;
    }
    assertThat(actual)
        .as("%s; write the rows anew with -Drideau.regenerate=true", name)
        .isEqualTo(expected);
  }

  /// The tables and columns of `expected` with the rows that there are.
  private static List<String> actual(List<String> expected, FactRows rows) {
    List<String> actual = new ArrayList<>();
    FactTable table = null;
    for (String line : expected) {
      if (line.startsWith("== ")) {
        actual.add(line);
        table = FactTables.named(line.substring(3));
      } else if (table != null) {
        actual.add(line);
        List<String> columns = List.of(line.split(" "));
        for (String row : rows.of(table)) {
          String[] values = row.split("\t", -1);
          FactTable from = table;
          actual.add(
              String.join(" ", columns.stream().map(each -> values[from.indexOf(each)]).toList()));
        }
        table = null;
      }
    }
    return actual;
  }
}
