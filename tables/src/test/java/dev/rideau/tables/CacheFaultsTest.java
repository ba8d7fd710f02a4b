package dev.rideau.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.FactTables;
import dev.rideau.trace.Diagnostic;
import dev.rideau.trace.testing.JavaProgram;
import dev.rideau.trace.testing.SmallDisk;
import dev.rideau.trace.testing.TestFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens outside of the program while facts are kept: a kill, a full disk, too little
/// memory.
@Tag("slow")
final class CacheFaultsTest {
  private static final int ROWS = 8000;
  private static final String QUESTION = "SELECT count(*), sum(cpu), max(name) FROM syscall";

  @TempDir Path folder;

  private static Path copyTrace(Path into) throws IOException {
    Path trace = into.resolve("trace");
    TestFolders.copy(TestDatabases.CPUBURN, trace);
    return trace;
  }

  private static List<List<@Nullable String>> ask(
      Path trace, RandomFacts machine, List<Diagnostic> diagnostics) {
    DatabaseOptions options = DatabaseOptions.of(diagnostics::add).withThreads(2).withCache("1");
    try (TraceDatabase database = TestDatabases.open(trace, options, machine)) {
      return TestDatabases.rows(database, QUESTION);
    }
  }

  private static List<List<@Nullable String>> answer(Path trace) {
    try (TraceDatabase database =
        TestDatabases.open(trace, DatabaseOptions.of(_ -> {}), new RandomFacts("alpha", 7, ROWS))) {
      return TestDatabases.rows(database, QUESTION);
    }
  }

  @Test
  void aKillLeavesNoBrokenFile() throws IOException, InterruptedException {
    Path trace = copyTrace(folder);
    List<List<@Nullable String>> answer = answer(trace);
    for (int i = 0; i < 3; i++) {
      Process victim =
          new ProcessBuilder(
                  JavaProgram.command(
                      List.of(
                          "--enable-native-access=ALL-UNNAMED",
                          "-Drideau.root=" + System.getProperty("rideau.root")),
                      CacheVictim.class,
                      trace.toString(),
                      Integer.toString(ROWS)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      // It is ready when it begins to make facts, which are written meanwhile.
      assertThat(victim.inputReader().readLine()).isEqualTo("ready");
      Thread.sleep(20L + 60L * i);
      victim.destroyForcibly().waitFor();
      List<Diagnostic> diagnostics = TestDatabases.diagnostics();
      RandomFacts machine = new RandomFacts("alpha", 7, ROWS);
      assertThat(ask(trace, machine, diagnostics)).isEqualTo(answer);
      assertThat(diagnostics).isEmpty();
    }
    try (Stream<Path> files = Files.walk(folder.resolve(".trace.rideau-cache"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allMatch(file -> String.valueOf(file.getParent()).contains("/facts-"));
    }
  }

  @Test
  void aFullDiskCostsTheCacheAndNothingElse() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(folder, "1100k")) {
      Path trace = copyTrace(disk.folder());
      List<List<@Nullable String>> answer = answer(trace);
      List<Diagnostic> diagnostics = TestDatabases.diagnostics();
      RandomFacts machine = new RandomFacts("alpha", 7, ROWS);
      assertThat(ask(trace, machine, diagnostics)).isEqualTo(answer);
      assertThat(diagnostics).extracting(Diagnostic::rule).containsExactly("no-cache");
      try (Stream<Path> left = Files.list(disk.folder())) {
        assertThat(left).as("nothing is left behind").containsExactly(trace);
      }
    }
  }

  @Test
  void whatDoesNotFitIntoMemoryIsSpilled() {
    RandomFacts machine = new RandomFacts("alpha", 7, 20_000);
    long small = 64_000_000;
    DatabaseOptions options = DatabaseOptions.of(_ -> {}).withThreads(2).withMemoryBytes(small);
    try (TraceDatabase database = TestDatabases.open(TestDatabases.CPUBURN, options, machine)) {
      database.prepare(FactTables.ALL);
      List<List<@Nullable String>> counted =
          TestDatabases.rows(
              database,
              "SELECT count(*) FROM syscall AS a JOIN syscall AS b"
                  + " USING (ts, dur, cpu, name) WHERE a.args IS NOT DISTINCT FROM b.args");
      assertThat(counted).hasSize(1);
      List<List<@Nullable String>> rows =
          TestDatabases.rows(database, "SELECT count(*) FROM syscall");
      assertThat(rows).containsExactly(List.of(String.valueOf(machine.rowsOf("syscall").size())));
    }
  }
}
