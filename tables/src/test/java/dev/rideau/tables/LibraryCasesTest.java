package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.tables.internal.catalog.SqlLibrary;
import dev.rideau.tables.internal.catalog.SqlWords;
import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each file is a case: facts, a line `---`, a statement, a line `---`, the rows that it must give
/// with `|` between cells.
final class LibraryCasesTest {
  private static final Path FOLDER =
      SharedData.checkout().resolve("tables/src/test/resources/dev/rideau/tables/library");

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      tests.add(DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check(file)));
    }
    return tests;
  }

  @Test
  void everyViewAndMacroHasACase() throws IOException {
    TreeSet<String> words = new TreeSet<>();
    for (Path file : files()) {
      words.addAll(SqlWords.of(Files.readString(file).split("\n---\n")[1]));
    }
    assertThat(words).containsAll(SqlLibrary.bundled().entries().keySet());
  }

  private static void check(Path file) throws IOException {
    String[] parts = (Files.readString(file) + "\n").split("\n---\n");
    List<String> facts = parts[0].lines().filter(line -> !line.isBlank()).toList();
    DatabaseOptions options = DatabaseOptions.of(_ -> {}).withThreads(1);
    StringBuilder found = new StringBuilder();
    try (TraceDatabase database =
        TestDatabases.open(
            TestDatabases.CPUBURN,
            options,
            new TextFacts(facts.stream().filter(line -> !line.startsWith("#")).toList()))) {
      for (List<@Nullable String> row : TestDatabases.rows(database, parts[1])) {
        found.append(String.join(" | ", row.stream().map(String::valueOf).toList())).append('\n');
      }
    }
    assertThat(found.toString().strip()).isEqualTo(parts[2].strip());
  }
}
