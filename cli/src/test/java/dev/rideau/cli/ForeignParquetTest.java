package dev.rideau.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rideau.trace.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parquet files of exports, answers and kept facts, read by a program that shares no code with
/// what wrote them (`src/test/node/parquet.mjs`), have the columns and rows that `sql` and `report`
/// print.
@Tag("slow")
final class ForeignParquetTest {
  private static final List<String> TABLES =
      List.of(
          "process",
          "thread",
          "thread_state",
          "sched_slice",
          "wakeup",
          "syscall",
          "io",
          "block_request",
          "irq",
          "event_class");
  private static final List<String> REPORTS =
      List.of("cpu-process", "blocked", "critical-path", "sched-latency", "net-device");

  @TempDir private Path folder;

  private final List<String> pairs = new ArrayList<>();

  @Test
  void anotherReaderFindsTheSameRows() throws Exception {
    assumeTrue(isThere("node") && isThere("npm"), "node and npm are not installed");
    installReader();
    String trace = copiedTrace().toString();
    Path export = folder.resolve("tables");
    succeed("export", trace, "-o", export.toString(), "--tables", String.join(",", TABLES));
    for (String table : TABLES) {
      String sql = "SELECT * FROM " + table;
      Path lines = lines(table, succeed("sql", trace, sql, "--format", "json"));
      pair(export.resolve(table + ".parquet"), lines);
      for (Path kept : kept(table)) {
        pair(kept, lines);
      }
    }
    int keptFiles = pairs.size() - TABLES.size();
    for (String report : REPORTS) {
      Path file = folder.resolve(report + ".parquet");
      succeed("report", report, trace, "--format", "parquet", "-o", file.toString());
      pair(file, lines(report, succeed("report", report, trace, "--format", "json")));
    }
    assertThat(keptFiles).isGreaterThan(4);
    Path list = folder.resolve("list.json");
    Files.writeString(list, "[" + String.join(",", pairs) + "]");
    String[] told = run(120, "node", "parquet.mjs", list.toString()).strip().split(" ");
    assertThat(Long.parseLong(told[0])).as("rows").isGreaterThan(10_000);
    assertThat(Long.parseLong(told[1])).as("values that are none").isPositive();
    assertThat(told[2]).isEqualTo("UNCOMPRESSED,ZSTD");
    assertThat(told[3]).isEqualTo("BOOLEAN,BYTE_ARRAY,DOUBLE,INT32,INT64");
  }

  private Path copiedTrace() throws IOException {
    Path from = SharedData.checkout().resolve("examples/cpuburn");
    Path to = folder.resolve("cpuburn");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
    return to;
  }

  private List<Path> kept(String table) throws IOException {
    String name = "machine0-" + table + ".parquet";
    try (Stream<Path> all = Files.walk(folder.resolve(".cpuburn.rideau-cache"))) {
      return all.filter(each -> each.endsWith(name)).toList();
    }
  }

  private static String succeed(String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.exitCode()).as(run.stderr()).isZero();
    return run.stdout();
  }

  private Path lines(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".json"), text);
  }

  private void pair(Path file, Path lines) {
    pairs.add("[\"" + file + "\",\"" + lines + "\"]");
  }

  private void installReader() throws Exception {
    Path sources = SharedData.checkout().resolve("cli/src/test/node");
    for (String name : List.of("package.json", "package-lock.json", "parquet.mjs")) {
      Files.copy(sources.resolve(name), folder.resolve(name));
    }
    try {
      run(180, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    } catch (AssertionError failure) {
      assumeTrue(
          System.getenv("CI") != null, "npm cannot install the reader: " + failure.getMessage());
      throw failure;
    }
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  private String run(long seconds, String... command) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    boolean isOver = process.waitFor(seconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(isOver).as(command[0] + " takes too long").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readString(output);
  }
}
